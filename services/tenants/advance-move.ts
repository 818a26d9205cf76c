import { type RenewCardsDeps, renewCards } from "../alerts/renew-cards.ts";
import { earlier, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import { type CarryOutMoveDeps, carryOutMove } from "./carry-out-move.ts";
import { changedMove, changeMove, type MoveDecision, moveAudit } from "./change-move.ts";
import { type RenewOpenConsentsDeps, renewOpenConsents } from "./renew-open-consents.ts";
import { type ShowMoveDeps, showMove } from "./show-move.ts";

export interface AdvanceMoveDeps extends CarryOutMoveDeps, ShowMoveDeps, RenewCardsDeps, RenewOpenConsentsDeps {
  readonly links: CarryOutMoveDeps["links"];
  readonly moves: CarryOutMoveDeps["moves"];
  readonly queue: JobQueue;
}

/** Cards renewed a minute: a third of what Teams takes is left to new alerts. */
const RENEWED_A_MINUTE = 20;

/**
 * Brings one move forward: what time alone decides (the end of a sole admin's wait, of the seven days, of the undo), the
 * move itself, its cards, and the alerts' cards that name another organization now. Idempotent; due until all is done.
 */
export async function advanceMove(deps: AdvanceMoveDeps, input: { moveId: string }): Promise<void> {
  await changeMove(deps, { moveId: input.moveId, decide: (move) => byTime(deps, move) });
  const move = await carryOutMove(deps, input);
  if (move === null) return;
  if (move.doneAt !== null) await renewOpenConsents(deps, move);
  const renewal = await renewSome(deps, move);
  const wait = await showMove(deps, move);
  const now = deps.clock.now();
  await changeMove(deps, {
    moveId: move.id,
    decide: (current): MoveDecision<null> => {
      const later = { ...current, renewal: sameRenewal(current, move) ? renewal : current.renewal };
      // Changed meanwhile: what is due for that stays due.
      if (current.revision !== move.revision) return { store: { move: later }, outcome: null };
      const dueAt = soonest([nextByTime(later), wait === null ? null : shift(now, wait)]);
      return { store: { move: { ...later, dueAt } }, outcome: null };
    },
  });
}

/** What a move becomes because time has passed. */
function byTime(deps: AdvanceMoveDeps, move: MoveRequest): MoveDecision<null> {
  const now = deps.clock.now();
  const step = { actor: { kind: "watchdesk" } as const, before: move.state, where: null };
  if (move.state === "pending" && move.carryOutAt !== null && move.carryOutAt <= now) {
    const approved = changedMove(move, { state: "approved", decidedAt: now }, now);
    const after = "nobody objected for 24 hours";
    const audit = moveAudit(deps, move, { ...step, verb: "tenant.approveMove", after });
    return { store: { move: approved, audit }, outcome: null };
  }
  if (move.state === "pending" && move.expiresAt <= now) {
    const audit = moveAudit(deps, move, { ...step, verb: "tenant.expireMove", after: "expired" });
    return { store: { move: changedMove(move, { state: "expired", decidedAt: now }, now), audit }, outcome: null };
  }
  if (move.undoUntil !== null && move.undoUntil <= now) {
    return { store: { move: changedMove(move, { undoUntil: null }, now) }, outcome: null };
  }
  return { store: null, outcome: null };
}

async function renewSome(deps: AdvanceMoveDeps, move: MoveRequest): Promise<MoveRequest["renewal"]> {
  const { renewal } = move;
  const now = deps.clock.now();
  if (renewal === null || renewal.from > now) return renewal;
  const scope = { accountId: move.accountId, tenantId: move.tenantId };
  const next = await renewCards(deps, { scope, place: renewal, limit: RENEWED_A_MINUTE });
  // From the open ones to the resolved ones there is nothing to wait for when the open ones were few.
  return next === null ? null : { ...next, from: next.after === "" ? now : shift(now, MINUTE) };
}

function sameRenewal(left: MoveRequest, right: MoveRequest): boolean {
  return JSON.stringify(left.renewal) === JSON.stringify(right.renewal);
}

function nextByTime(move: MoveRequest): Instant | null {
  const waits = move.state === "pending" ? (move.carryOutAt ?? move.expiresAt) : null;
  return soonest([waits, move.undoUntil, move.renewal?.from ?? null]);
}

function soonest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, next) => (first === null || next === null ? (first ?? next) : earlier(first, next)),
    null,
  );
}
