import { helpCard } from "../cards/help-card.ts";
import { authorize } from "../services/access/authorize.ts";
import { COMMANDS, type Command, type CommandId } from "./commands.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** Not worth a line: whoever reads the card has found the one, and the other only means something in a dialog. */
const UNLISTED: ReadonlySet<CommandId> = new Set(["help", "cancel"]);
/** They bind the conversation they are said in, which a 1:1 chat is not for. */
const NOT_IN_PERSONAL: ReadonlySet<CommandId> = new Set(["postAlertsHere", "postNoticesHere"]);

/** What the bot can do for this person here: only what their role allows. */
export function showHelp(turn: Turn): Reply {
  const commands = COMMANDS.filter((command) => isFor(turn, command)).map(({ words, takes, summary }) => ({
    words: takes === null ? words : `${words} ${takes}`,
    summary,
  }));
  return card(helpCard({ role: turn.role, accountName: turn.account.name, commands }));
}

function isFor(turn: Turn, { id, deed }: Command): boolean {
  if (UNLISTED.has(id) || authorize(turn.role, deed).kind === "denied") return false;
  return turn.conversation.kind !== "personal" || !NOT_IN_PERSONAL.has(id);
}
