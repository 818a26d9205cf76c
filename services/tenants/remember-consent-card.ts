import type { ConsentJourney } from "../domain/consent-journey.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { changeJourney, type JourneyDecision } from "./change-journey.ts";

export interface RememberConsentCardDeps {
  readonly consents: Pick<ConsentStore, "get" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

/**
 * Writes down which message is the journey's card, once it is posted: that one is edited from then on. What happened
 * while it was being posted is shown at once. Idempotent.
 */
export async function rememberConsentCard(
  deps: RememberConsentCardDeps,
  input: { journeyId: string; activityId: string },
): Promise<void> {
  const moved = await changeJourney(deps, {
    read: () => deps.consents.get(input.journeyId),
    decide: (journey): JourneyDecision<boolean> => {
      if (journey.cardActivityId === input.activityId) return { store: null, outcome: false };
      const known: ConsentJourney = { ...journey, cardActivityId: input.activityId };
      const behind = journey.state !== "waiting";
      const next = behind ? { ...known, dueAt: deps.clock.now() } : known;
      return { store: { journey: next }, outcome: behind };
    },
  });
  if (moved === true) deps.queue.add({ kind: "advance-consent", journeyId: input.journeyId });
}
