import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";
import type { Role } from "./role.ts";

/** A place in Teams that the bot may write to, learned from install and message activities. */
export interface Conversation {
  readonly accountId: string;
  /** Teams' id: of the 1:1 chat, the group chat, or the channel (without a message id). */
  readonly id: string;
  readonly kind: "personal" | "channel" | "groupChat";
  readonly serviceUrl: string;
  readonly name: string;
  /** The person of a 1:1 chat; null elsewhere. */
  readonly personId: string | null;
  readonly teamId: string | null;
}

/** What a bound conversation is for. */
export type BindingKind = "alerts" | "notices";

/** A conversation that an admin bound to alerts or to admin notices. */
export interface ChannelBinding {
  readonly accountId: string;
  readonly conversationId: string;
  readonly kind: BindingKind;
  /** Members of the conversation have this role; null: a binding gives no role. */
  readonly membersAre: Role | null;
  readonly boundBy: Person;
  readonly boundAt: Instant;
  /** Set when Teams refuses posts here (bot removed, channel gone), with the sentence; null in health. */
  readonly pausedBecause: string | null;
}
