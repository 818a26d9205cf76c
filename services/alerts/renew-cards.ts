import type { Clock } from "../ports/clock.ts";
import type { DeliveryStore } from "../ports/delivery-store.ts";
import type { AlertStore, TenantScope } from "../ports/stores.ts";
import { changeRecord } from "./change-record.ts";

export interface RenewCardsDeps {
  readonly alerts: AlertStore;
  readonly deliveries: Pick<DeliveryStore, "alertsWithCards">;
  readonly clock: Clock;
}

/** Where a renewal goes on; open alerts come first. */
export interface RenewalPlace {
  readonly open: boolean;
  readonly after: string;
}

/**
 * Makes some of a tenant's cards due though their alerts did not change: something else on them did, as the name of the
 * organization. Gives where to go on, or null when all are due. Repeating a part only edits its cards once more.
 */
export async function renewCards(
  deps: RenewCardsDeps,
  input: { scope: TenantScope; place: RenewalPlace; limit: number },
): Promise<RenewalPlace | null> {
  const { scope, place, limit } = input;
  const alertIds = await deps.deliveries.alertsWithCards({ scope, ...place, limit });
  for (const alertId of alertIds) {
    await changeRecord(deps, {
      scope,
      alertId,
      change: (record) => {
        const revision = record.revision + 1;
        // Nothing is to be decided anew: an alert at rest stays at rest.
        const settledRevision = record.settledRevision === record.revision ? revision : record.settledRevision;
        return { record: { ...record, revision, settledRevision, nextAnnounceAt: deps.clock.now() } };
      },
    });
  }
  const last = alertIds.at(-1);
  if (last !== undefined && alertIds.length === limit) return { open: place.open, after: last };
  return place.open ? { open: false, after: "" } : null;
}
