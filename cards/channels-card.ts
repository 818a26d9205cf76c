import type { BindingKind, ChannelBinding } from "../services/domain/conversation.ts";
import layout from "./channels-card.json" with { type: "json" };
import { inertText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { roleWords } from "./role-words.ts";
import { dayWords } from "./time-words.ts";

/** A binding with the name of its conversation. */
export interface BindingRow {
  readonly binding: ChannelBinding;
  readonly conversationName: string;
}

type ChannelRow = {
  readonly conversation: string;
  readonly purpose: string;
  readonly isPaused: boolean;
  readonly paused: string;
  readonly bound: string;
};

type ChannelsCardData = { readonly isEmpty: boolean; readonly rows: readonly ChannelRow[] };

const PURPOSES: Readonly<Record<BindingKind, string>> = {
  alerts: "Alerts are posted here",
  notices: "Admin notices are posted here",
};

const render = compileCard<ChannelsCardData>(layout);

/** The conversations that admins bound, what each is for, and whether Teams still takes posts there. */
export function channelsCard(input: { readonly bindings: readonly BindingRow[] }): RenderedCard {
  const rows = input.bindings.slice(0, 40).map(rowOf);
  return { summary: "Channels", card: render({ isEmpty: rows.length === 0, rows }) };
}

function rowOf({ binding, conversationName }: BindingRow): ChannelRow {
  const { membersAre, pausedBecause } = binding;
  const members = membersAre === null ? "" : `; members are ${roleWords(membersAre).name.toLowerCase()}s`;
  return {
    conversation: inertText(conversationName, 80),
    purpose: `${PURPOSES[binding.kind]}${members}`,
    isPaused: pausedBecause !== null,
    paused: `‖ Paused: ${inertText(pausedBecause ?? "", 200)}`,
    bound: `Bound by ${inertText(binding.boundBy.name, 60)} on ${dayWords(binding.boundAt)}`,
  };
}
