import { ENDED_CONSENT_STATES } from "../domain/consent-journey.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { changeJourney, journeyAudit, personActor } from "./change-journey.ts";

export interface ReplaceJourneyDeps {
  readonly consents: Pick<ConsentStore, "get" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Ends a journey in favour of a newer one that `by` asked for; false: it had ended, or was granted meanwhile. */
export async function replaceJourney(
  deps: ReplaceJourneyDeps,
  input: { journeyId: string; by: Person },
): Promise<boolean> {
  const { journeyId, by } = input;
  const replaced = await changeJourney(deps, {
    read: () => deps.consents.get(journeyId),
    decide: (journey) => {
      const underWay = journey.state === "granted" || journey.state === "checking";
      // Granted meanwhile: the uniqueness of links decides between the two.
      if (underWay || ENDED_CONSENT_STATES.has(journey.state)) return { store: null, outcome: false };
      const audit = journeyAudit(deps, journey, { verb: "consent.cancel", actor: personActor(by), after: "replaced" });
      const explanation = `Replaced by a new link that ${by.name} asked for.`;
      const ended = { ...journey, state: "cancelled" as const, explanation, legs: [], dueAt: deps.clock.now() };
      return { store: { journey: ended, audit }, outcome: true };
    },
  });
  if (replaced === true) deps.queue.add({ kind: "advance-consent", journeyId });
  return replaced === true;
}
