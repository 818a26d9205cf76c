import type { ConsentJourney, ConsentState } from "../domain/consent-journey.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../domain/instant.ts";

/** How long a consent link can be used. */
export const LINK_LIFETIME = 7 * DAY;
/** How long one redirect to Microsoft and back may take. */
export const LEG_LIFETIME = HOUR;
/** The most redirects of one journey that may be under way at once; the oldest are dropped. */
export const LEG_LIMIT = 10;
/** After this time without an answer the card says so; permissions not yet in a token are waited for as long. */
export const ANSWER_PATIENCE = 10 * MINUTE;

/** How far a journey is, for whoever holds its link. `live`: the link leads on to Microsoft. */
export type ConsentStage = "live" | "underWay" | "connected" | "expired" | "cancelled" | "failed" | "removed";

/** The stage at `now`; a journey past its end counts as expired before the job has written it down. */
export function consentStage(journey: ConsentJourney, now: Instant): ConsentStage {
  const stage = stageOfState(journey.state);
  const waits = stage === "live" || journey.state === "awaitingConfirmation";
  return waits && journey.expiresAt <= now ? "expired" : stage;
}

function stageOfState(state: ConsentState): ConsentStage {
  switch (state) {
    case "waiting":
    case "opened":
    case "declined":
    case "wrongTenant":
    case "notAdmin":
    case "refused":
      return "live";
    case "awaitingConfirmation":
    case "granted":
    case "checking":
      return "underWay";
    case "connected":
    case "expired":
    case "cancelled":
    case "failed":
    case "removed":
      return state;
  }
}
