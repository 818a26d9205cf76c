import type { BindingKind } from "../services/domain/conversation.ts";
import layout from "./bound-card.json" with { type: "json" };
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type BoundCardData = {
  readonly title: string;
  readonly members: string;
  readonly canMakeAnalysts: boolean;
  readonly canTakeRole: boolean;
  readonly bindingKind: string;
};

const SUBJECTS: Readonly<Record<BindingKind, string>> = { alerts: "Alerts", notices: "Admin notices" };

const render = compileCard<BoundCardData>(layout);

/** Answers a binding: what is posted here from now on, and what its members may do. */
export function boundCard(input: {
  readonly bindingKind: BindingKind;
  readonly conversationName: string;
  readonly membersAreAnalysts: boolean;
}): RenderedCard {
  const { bindingKind, membersAreAnalysts } = input;
  const subject = SUBJECTS[bindingKind];
  return {
    summary: `${subject} are posted in ${plainText(input.conversationName, 80)}`,
    card: render({
      title: `${subject} are posted in ${inertText(input.conversationName, 80)}`,
      members: membersWords(bindingKind, membersAreAnalysts),
      canMakeAnalysts: bindingKind === "alerts" && !membersAreAnalysts,
      canTakeRole: membersAreAnalysts,
      bindingKind,
    }),
  };
}

function membersWords(bindingKind: BindingKind, membersAreAnalysts: boolean): string {
  if (membersAreAnalysts) return "Members are analysts: they may act on alerts. Guests need a grant of their own.";
  return bindingKind === "alerts"
    ? "Members get no role by it: only analysts and admins may act on the alerts."
    : "They say when a tenant stops being covered. Members get no role by it.";
}
