import type { CardAction } from "../cards/card-action.ts";
import type { RenderedCard } from "../cards/render-card.ts";
import type { Account } from "../services/domain/account.ts";
import type { Conversation } from "../services/domain/conversation.ts";
import type { Person } from "../services/domain/person.ts";
import type { Role } from "../services/domain/role.ts";

/** Somebody as a roster shows them. */
export interface RosterMember {
  readonly person: Person;
  readonly guest: boolean;
}

/** Who speaks or clicks, where, with which role: all of it from the activity and our store, none of it from a card. */
export interface Turn {
  readonly account: Account;
  readonly person: Person;
  readonly role: Role | null;
  readonly conversation: Conversation;
  /** People mentioned in the message, the bot left out; ids as Teams gives them. */
  readonly mentioned: readonly { readonly id: string; readonly name: string }[];
  /** Whether guests or people of other tenants read along here. */
  readonly hasOutsiders: () => Promise<boolean>;
  /** Looks somebody up in this conversation's roster: Teams id, Entra object id or sign-in name. */
  readonly findMember: (id: string) => Promise<RosterMember | null>;
}

/** What the bot answers with; `shown` is told the id of the message that shows it. */
export type Reply =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "card";
      readonly rendered: RenderedCard;
      /** After a click: posted as a message of its own, so that the clicked card stays. */
      readonly below?: boolean;
      /** After a click: everybody sees the new card, not the clicker alone. */
      readonly everyone?: boolean;
      readonly shown?: (activityId: string) => Promise<void>;
    };

/** Where dialogs put what they say: a message, or the answer to a click. */
export interface ReplySink {
  say(reply: Reply): Promise<void>;
}

/** Keys of the turn's own values in botbuilder's turnState. */
export const TURN = Symbol("turn");
export const REPLIES = Symbol("replies");
export const CLICK = Symbol("click");

/** A click as dialogs see it. */
export type Click = CardAction;

/** A reply of one sentence. */
export function text(sentence: string): Reply {
  return { kind: "text", text: sentence };
}

/** A reply of one card. */
export function card(rendered: RenderedCard): Reply {
  return { kind: "card", rendered };
}
