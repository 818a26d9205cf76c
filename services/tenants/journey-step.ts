import type { AuditRow } from "../domain/audit.ts";
import type { ConsentJourney } from "../domain/consent-journey.ts";
import { type Instant, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import { journeyAudit } from "./change-journey.ts";

/** One step of a journey: what it becomes (with the time of its next step) and whether its card has to say so. */
export interface JourneyStep {
  readonly next: ConsentJourney;
  readonly audit: AuditRow | null;
  readonly show: boolean;
}

/** Ends a journey without a link; `sentence` says why. */
export function failedStep(
  deps: { clock: Clock; randomness: Randomness },
  journey: ConsentJourney,
  sentence: string,
): JourneyStep {
  const audit = journeyAudit(deps, journey, { verb: "consent.fail", actor: { kind: "watchdesk" }, after: sentence });
  return { next: { ...journey, state: "failed", explanation: sentence, legs: [], dueAt: null }, audit, show: true };
}

/** Looks at the journey again later; the card is edited only when its sentence changes, or `show` says so. */
export function laterStep(
  journey: ConsentJourney,
  input: { now: Instant; milliseconds: number; explanation: string | null; show?: boolean },
): JourneyStep {
  const { explanation } = input;
  const next = { ...journey, explanation, dueAt: shift(input.now, input.milliseconds) };
  return { next, audit: null, show: explanation !== journey.explanation || input.show === true };
}
