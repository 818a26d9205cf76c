import type { Role } from "../services/domain/role.ts";
import layout from "./help-card.json" with { type: "json" };
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { roleWords } from "./role-words.ts";

type CommandRow = {
  readonly isButton: boolean;
  readonly isText: boolean;
  readonly words: string;
  readonly spelling: string;
  readonly description: string;
};

type HelpCardData = { readonly who: string; readonly commands: readonly CommandRow[] };

const render = compileCard<HelpCardData>(layout);

/**
 * What the bot can do for somebody of this role. A command is a button that does it; one that needs an argument
 * ("add organization <name>") is shown as the words to say.
 */
export function helpCard(input: {
  readonly role: Role | null;
  readonly commands: readonly { readonly words: string; readonly summary: string }[];
  readonly accountName: string;
}): RenderedCard {
  return {
    summary: "What I can do for you",
    card: render({
      who: whoWords(input.role, inertText(input.accountName, 80)),
      commands: input.commands.slice(0, 30).map(rowOf),
    }),
  };
}

function whoWords(role: Role | null, account: string): string {
  if (role === null) return `You have no role at ${account} yet. Ask an admin to grant you one.`;
  const { name, may } = roleWords(role);
  return `You are ${name === "Admin" || name === "Analyst" ? "an" : "a"} ${name.toLowerCase()} at ${account}. This role ${may}.`;
}

function rowOf(command: { words: string; summary: string }): CommandRow {
  const needsArgument = command.words.includes("<");
  const words = plainText(command.words.replace(/\s*\[[^\]]*\]/g, ""), 80);
  return {
    isButton: !needsArgument,
    isText: needsArgument,
    words,
    spelling: inertText(command.words.replaceAll("<", "‹").replaceAll(">", "›"), 80),
    description: inertText(command.summary, 160),
  };
}
