import type { ConsentJourney } from "../../domain/consent-journey.ts";
import { isSame, keysOf, tenantsOf } from "./consent-items.ts";
import type { References } from "./cosmos-references.ts";
import type { ProvingJourneys } from "./proving-journeys.ts";

/** Lets everything by which a journey is found lead to it; `before`: what it was, and is found by already. Repeatable. */
export type JourneyReferring = (journey: ConsentJourney, before: ConsentJourney | null) => Promise<void>;

export function journeyReferring(deps: {
  references: Pick<References, "write">;
  proving: Pick<ProvingJourneys, "add">;
}): JourneyReferring {
  return async (journey, before) => {
    const known = before === null || before.expiresAt < journey.expiresAt ? null : before;
    const keys = keysOf(journey).filter((key) => known === null || !keysOf(known).some((old) => isSame(old, key)));
    const knownTenants = known === null ? new Set() : tenantsOf(known);
    await deps.references.write(keys, journey, journey.expiresAt);
    for (const tenantId of tenantsOf(journey)) {
      if (!knownTenants.has(tenantId)) await deps.proving.add(tenantId, journey, journey.expiresAt);
    }
  };
}
