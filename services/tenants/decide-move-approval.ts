import { type Instant, shift } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import { type AdminStanding, GRANT_RIPENS_AFTER, mayApprove } from "./admin-standing.ts";

/** What somebody answers to a move that waits. Whoever asked for it cancels it, everybody else declines it. */
export type MoveAnswer = "approve" | "decline" | "cancel";

export type MoveRefusal =
  /** Nobody approves what they asked for themselves. */
  | { readonly reason: "ownMove" }
  /** Only whoever asked for it takes it back; others decline. */
  | { readonly reason: "notOwnMove" }
  | { readonly reason: "notAdminByName" }
  | { readonly reason: "grantTooFresh"; readonly ripeAt: Instant }
  /** Its seven days are over, though no job has written that down yet. */
  | { readonly reason: "expired" }
  /** Somebody was first, or it ended by itself: the move says who, what and when. */
  | { readonly reason: "notWaiting" };

export type MoveAnswerDecision = { readonly kind: "accepted" } | ({ readonly kind: "refused" } & MoveRefusal);

/** Whether this answer of this admin counts: pure, with the reason that is said to them. */
export function decideMoveApproval(input: {
  readonly move: MoveRequest;
  readonly answer: MoveAnswer;
  readonly personId: string;
  readonly standing: AdminStanding;
  readonly now: Instant;
}): MoveAnswerDecision {
  const { move, answer, standing, now } = input;
  if (move.state !== "pending") return { kind: "refused", reason: "notWaiting" };
  if (move.expiresAt <= now) return { kind: "refused", reason: "expired" };
  const own = move.requestedBy.id === input.personId;
  switch (answer) {
    case "cancel":
      return own ? { kind: "accepted" } : { kind: "refused", reason: "notOwnMove" };
    // To stop a move is the safe side: every admin may, a fresh one too, and whoever asked for it.
    case "decline":
      return { kind: "accepted" };
    case "approve":
      if (own) return { kind: "refused", reason: "ownMove" };
      if (standing.kind === "none") return { kind: "refused", reason: "notAdminByName" };
      if (mayApprove(standing, now)) return { kind: "accepted" };
      return {
        kind: "refused",
        reason: "grantTooFresh",
        ripeAt: standing.kind === "granted" ? shift(standing.grantedAt, GRANT_RIPENS_AFTER) : now,
      };
  }
}
