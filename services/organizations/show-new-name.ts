import { setImmediate as letOthersGoOn } from "node:timers/promises";
import { type RenewalPlace, type RenewCardsDeps, renewCards } from "../alerts/renew-cards.ts";
import { MINUTE, shift } from "../domain/instant.ts";
import type { Organization } from "../domain/organization.ts";
import type { LinkStore } from "../ports/stores.ts";

export interface ShowNewNameDeps extends RenewCardsDeps {
  readonly links: Pick<LinkStore, "findByOrganization">;
}

/** Cards renewed a minute: a third of what Teams takes is left to new alerts. */
const RENEWED_A_MINUTE = 20;

/** Makes the alert cards of a renamed organization due, open alerts first, so many a minute. Repeating it edits them once more. */
export async function showNewName(deps: ShowNewNameDeps, organization: Organization): Promise<void> {
  const link = await deps.links.findByOrganization(organization.accountId, organization.id);
  if (link === null) return;
  const scope = { accountId: link.accountId, tenantId: link.tenantId };
  const from = deps.clock.now();
  let place: RenewalPlace | null = { open: true, after: "" };
  let minute = 0;
  while (place !== null) {
    const due = shift(from, minute * MINUTE);
    place = await renewCards({ ...deps, clock: { now: () => due } }, { scope, place, limit: RENEWED_A_MINUTE });
    // From the open ones to the resolved ones there is nothing to wait for when the open ones were few.
    if (place?.after !== "") minute += 1;
    await letOthersGoOn();
  }
}
