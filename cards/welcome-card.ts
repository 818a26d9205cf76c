import type { Conversation } from "../services/domain/conversation.ts";
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import layout from "./welcome-card.json" with { type: "json" };

type WelcomeCardData = {
  readonly what: string;
  readonly next: string;
  readonly canConnect: boolean;
  readonly canBind: boolean;
};

const NEXT: Readonly<Record<Conversation["kind"], string>> = {
  personal: "An admin begins by connecting a customer's tenant.",
  channel: "Alerts are posted in this channel once an admin says so.",
  groupChat: "Alerts are posted in this chat once an admin says so.",
};

const render = compileCard<WelcomeCardData>(layout);

/** Shown once when the bot is installed: what it is, and the first thing to do there. */
export function welcomeCard(input: {
  readonly accountName: string;
  readonly place: Conversation["kind"];
}): RenderedCard {
  const { place } = input;
  return {
    summary: `Watchdesk for ${plainText(input.accountName, 80)}`,
    card: render({
      what: `I read the Microsoft Defender for Endpoint alerts of the customers of ${inertText(input.accountName, 80)}, resolve and comment them by policy, and show each one as a card that stays up to date.`,
      next: NEXT[place],
      canConnect: place === "personal",
      canBind: place !== "personal",
    }),
  };
}
