import { Breakdown } from "../domain/breakdown.ts";
import { shift } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { MoveClickInput } from "./answer-move.ts";
import { type CarryOutMoveDeps, POSTS_UNDER_WAY } from "./carry-out-move.ts";
import { personActor } from "./change-journey.ts";
import { changedMove, changeMove, type MoveDecision, moveAudit } from "./change-move.ts";
import { decideMoveUndo, type UndoRefusal } from "./decide-move-undo.ts";

export interface UndoMoveDeps extends CarryOutMoveDeps {
  readonly queue: JobQueue;
}

export type UndoMoveOutcome =
  | { readonly kind: "undone"; readonly move: MoveRequest }
  | { readonly kind: "refused"; readonly refusal: UndoRefusal; readonly move: MoveRequest }
  | { readonly kind: "missing" };

const TRIES = 8;

/** Moves the tenant back to the organization it came from, within 15 minutes and if that one is still free. */
export async function undoMove(deps: UndoMoveDeps, input: MoveClickInput): Promise<UndoMoveOutcome> {
  const move = (await deps.moves.get(input.moveId))?.value;
  if (move === undefined || move.accountId !== input.accountId) return { kind: "missing" };
  const refusal = await moveBack(deps, move, input);
  if (refusal !== null) {
    const current = (await deps.moves.get(input.moveId))?.value ?? move;
    return { kind: "refused", refusal, move: current };
  }
  const undone = await changeMove(deps, {
    moveId: move.id,
    decide: (current): MoveDecision<UndoMoveOutcome> => {
      // Another admin was first: the move says who and when.
      if (current.state !== "done") {
        return { store: null, outcome: { kind: "refused", refusal: { reason: "notDone" }, move: current } };
      }
      const now = deps.clock.now();
      const renewal = { open: true, after: "", from: shift(now, POSTS_UNDER_WAY) };
      const back = { state: "undone" as const, decidedBy: input.by, decidedAt: now, undoUntil: null, renewal };
      const next = changedMove(current, back, now);
      return { store: { move: next }, outcome: { kind: "undone", move: next } };
    },
  });
  deps.queue.add({ kind: "advance-move", moveId: move.id });
  return undone ?? { kind: "missing" };
}

async function moveBack(deps: UndoMoveDeps, move: MoveRequest, input: MoveClickInput): Promise<UndoRefusal | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [stored, holder] = await Promise.all([
      deps.links.get(move),
      deps.links.findByOrganization(move.accountId, move.from.organizationId),
    ]);
    const decision = decideMoveUndo({ move, link: stored?.value ?? null, holder, now: deps.clock.now() });
    if (decision.kind === "refused") return decision;
    if (decision.kind === "movedBackAlready" || stored === null) return null;
    const step = { verb: "tenant.undoMove", actor: personActor(input.by), before: move.to.name, after: move.from.name };
    const outcome = await deps.links.move({
      link: stored.value,
      etag: stored.etag,
      toOrganizationId: move.from.organizationId,
      audit: moveAudit(deps, move, { ...step, where: input.where }),
    });
    if (outcome.kind === "moved") return null;
  }
  throw new Breakdown("conflict", "A link was changed by others again and again while it was to be moved back.", {
    retryable: true,
  });
}
