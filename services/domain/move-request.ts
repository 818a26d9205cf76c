import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/**
 * How far a move of a tenant to another organization is. pending: waits for an approval, or for the end of a sole admin's
 * wait. approved: to be carried out at once. done: the link names the other organization. Nothing follows on the others.
 */
export type MoveState = "pending" | "approved" | "done" | "undone" | "declined" | "cancelled" | "expired";

/** States in which a move may still come about; a tenant has at most one such move. */
export const OPEN_MOVE_STATES: ReadonlySet<MoveState> = new Set(["pending", "approved"]);

/** An organization as it was called when the move was asked for. */
export interface MoveEnd {
  readonly organizationId: string;
  readonly name: string;
}

/** What goes along with a tenant: it is counted for people to see, and decides nothing. */
export interface MovedThings {
  readonly alerts: number;
  readonly cards: number;
  readonly settings: number;
}

/** A message that shows the move. `activityId` null: posted, but Teams never said under which id. */
export interface MoveCard {
  readonly conversationId: string;
  readonly activityId: string | null;
  readonly shownRevision: number;
}

/** The wish to move a tenant to another organization, and what became of it. */
export interface MoveRequest {
  readonly accountId: string;
  readonly id: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  readonly moved: MovedThings;
  readonly requestedBy: Person;
  readonly requestedAt: Instant;
  /** The 1:1 chat it was asked in; its card there is the answer to the request. */
  readonly requestedIn: string;
  readonly state: MoveState;
  /** A sole admin's move is carried out then, without an approval; null: it needs one. */
  readonly carryOutAt: Instant | null;
  readonly expiresAt: Instant;
  /** Who approved, declined, cancelled or undid it last, and when; null: nobody, or Watchdesk by itself. */
  readonly decidedBy: Person | null;
  readonly decidedAt: Instant | null;
  readonly doneAt: Instant | null;
  /** Until then it can be undone with one click; null before it is done and after that time. */
  readonly undoUntil: Instant | null;
  /** Why it ended without anybody's decision, in a sentence; null where the state says it all. */
  readonly explanation: string | null;
  /** Raised with each change that its cards show. */
  readonly revision: number;
  readonly cards: readonly MoveCard[];
  /** Where the renewal of the tenant's alert cards stands; null: nothing to renew. Open alerts come first. */
  readonly renewal: { readonly open: boolean; readonly after: string; readonly from: Instant } | null;
  /** When a job is next to look at it; null at rest. */
  readonly dueAt: Instant | null;
}
