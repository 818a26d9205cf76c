import { type ConsentJourney, ENDED_CONSENT_STATES } from "../domain/consent-journey.ts";
import { OPEN_MOVE_STATES } from "../domain/move-request.ts";
import type { RemovedTenant } from "../domain/removed-tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { MoveStore } from "../ports/move-store.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { changeJourney, journeyAudit, personActor } from "./change-journey.ts";
import { changedMove, changeMove, moveAudit } from "./change-move.ts";

export interface EndOpenWorkDeps {
  readonly consents: Pick<ConsentStore, "open" | "get" | "update">;
  readonly moves: Pick<MoveStore, "openOf" | "get" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/**
 * Ends the consent links and the move that are under way for a tenant that was removed: their cards say why. What slips
 * through, because it is stored at this very moment, is refused by the tombstone when the link is to be stored.
 */
export async function endOpenWork(deps: EndOpenWorkDeps, removed: RemovedTenant): Promise<void> {
  for (const journey of await deps.consents.open(removed.accountId)) {
    if (isOf(journey, removed)) await endJourney(deps, journey.id, removed);
  }
  const open = await deps.moves.openOf(removed);
  if (open === null) return;
  await changeMove(deps, {
    moveId: open.value.id,
    decide: (move) => {
      if (!OPEN_MOVE_STATES.has(move.state)) return { store: null, outcome: null };
      const now = deps.clock.now();
      const explanation = "The tenant was removed before it could be moved.";
      const ended = { state: "cancelled" as const, decidedBy: removed.removedBy, decidedAt: now, explanation };
      const step = { verb: "tenant.cancelMove", actor: personActor(removed.removedBy), before: move.state };
      const audit = moveAudit(deps, move, { ...step, after: "removed", where: null });
      return { store: { move: changedMove(move, ended, now), audit }, outcome: null };
    },
  });
  deps.queue.add({ kind: "advance-move", moveId: open.value.id });
}

function isOf(journey: ConsentJourney, { tenantId, organizationId }: RemovedTenant): boolean {
  return (
    journey.organizationId === organizationId ||
    journey.expectedTenantId === tenantId ||
    journey.tenant?.id === tenantId ||
    journey.legs.some((leg) => leg.tenantId === tenantId)
  );
}

async function endJourney(deps: EndOpenWorkDeps, journeyId: string, removed: RemovedTenant): Promise<void> {
  await changeJourney(deps, {
    read: () => deps.consents.get(journeyId),
    decide: (journey) => {
      if (ENDED_CONSENT_STATES.has(journey.state)) return { store: null, outcome: null };
      const explanation = `${removed.removedBy.name} removed ${removed.organizationName}'s tenant while this link was open. It ended with that.`;
      // The states of redirects under way are kept: whoever comes back with one is told why it is of no use.
      const ended = { ...journey, state: "removed" as const, explanation, dueAt: deps.clock.now() };
      const actor = personActor(removed.removedBy);
      return {
        store: {
          journey: ended,
          audit: journeyAudit(deps, journey, { verb: "consent.cancel", actor, after: "removed" }),
        },
        outcome: null,
      };
    },
  });
  deps.queue.add({ kind: "advance-consent", journeyId });
}
