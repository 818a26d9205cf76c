import type { Actor, AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { Clock } from "../ports/clock.ts";
import type { MoveStore } from "../ports/move-store.ts";
import type { Randomness } from "../ports/randomness.ts";

const TRIES = 8;

/** What becomes of the move as it is now (`store` null: nothing is written), and what the caller is told. */
export interface MoveDecision<Outcome> {
  readonly store: { readonly move: MoveRequest; readonly audit?: AuditRow } | null;
  readonly outcome: Outcome;
}

/**
 * Reads a move, decides and stores; when somebody else writes in between, reads and decides again. Null: no such move.
 * Throws Breakdown "conflict" when others keep writing.
 */
export async function changeMove<Outcome>(
  deps: { moves: Pick<MoveStore, "get" | "update"> },
  input: { moveId: string; decide: (move: MoveRequest) => MoveDecision<Outcome> },
): Promise<Outcome | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.moves.get(input.moveId);
    if (stored === null) return null;
    const decision = input.decide(stored.value);
    if (decision.store === null) return decision.outcome;
    if ((await deps.moves.update({ ...decision.store, etag: stored.etag })) === "stored") return decision.outcome;
  }
  throw new Breakdown("conflict", "A move was changed by others again and again.", { retryable: true });
}

/** The audit row of one step of a move; all of them have the move's id as operation. */
export function moveAudit(
  deps: { randomness: Randomness; clock: Clock },
  move: MoveRequest,
  step: { verb: string; actor: Actor; before: string; after: string; where: string | null },
): AuditRow {
  return {
    accountId: move.accountId,
    tenantId: move.tenantId,
    id: deps.randomness.id(),
    operationId: move.id,
    at: deps.clock.now(),
    phase: "done",
    target: move.tenantName,
    ...step,
  };
}

/** The move after a change that its cards show; due at once, so that they do. */
export function changedMove(move: MoveRequest, change: Partial<MoveRequest>, now: string): MoveRequest {
  return { ...move, ...change, revision: move.revision + 1, dueAt: now };
}
