import type { Instant } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { TenantLink } from "../domain/tenant-link.ts";

export type UndoRefusal =
  | { readonly reason: "tooLate" }
  /** Never done, undone already, or ended otherwise: the move says who, what and when. */
  | { readonly reason: "notDone" }
  | { readonly reason: "tenantRemoved" }
  /** It was moved on, or taken off and connected anew: this move is history. */
  | { readonly reason: "linkedOtherwise" }
  | { readonly reason: "organizationHasTenant"; readonly tenantName: string };

export type UndoDecision =
  | { readonly kind: "moveBack" }
  /** Moved back, though the move does not say so yet: an earlier undo was cut short. */
  | { readonly kind: "movedBackAlready" }
  | ({ readonly kind: "refused" } & UndoRefusal);

/** Whether a move can be undone now: pure, with the reason that is said. `holder` is the tenant that the old organization has now. */
export function decideMoveUndo(input: {
  readonly move: MoveRequest;
  readonly link: TenantLink | null;
  readonly holder: TenantLink | null;
  readonly now: Instant;
}): UndoDecision {
  const { move, link, holder, now } = input;
  if (move.state !== "done") return { kind: "refused", reason: "notDone" };
  if (move.undoUntil === null || move.undoUntil <= now) return { kind: "refused", reason: "tooLate" };
  if (link === null) return { kind: "refused", reason: "tenantRemoved" };
  if (link.linkedAt > move.requestedAt) return { kind: "refused", reason: "linkedOtherwise" };
  if (link.organizationId === move.from.organizationId) return { kind: "movedBackAlready" };
  if (link.organizationId !== move.to.organizationId) return { kind: "refused", reason: "linkedOtherwise" };
  if (holder !== null) return { kind: "refused", reason: "organizationHasTenant", tenantName: holder.tenantName };
  return { kind: "moveBack" };
}
