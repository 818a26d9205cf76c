import { HOUR, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { AlertStore, EphemeralStore } from "../ports/stores.ts";

const KEY = "purge-alerts";
const BATCH = 500;

/**
 * Deletes alerts that did not change for longer than the retention time, with their deliveries, a batch at a time; looks
 * once an hour, whoever looks first. The mark in the store ends by itself when the next look is due.
 */
export async function purgeAlerts(deps: {
  readonly alerts: Pick<AlertStore, "purge">;
  readonly ephemeral: Pick<EphemeralStore, "put">;
  readonly clock: Clock;
  readonly retentionMs: number;
}): Promise<void> {
  const now = deps.clock.now();
  if ((await deps.ephemeral.put({ key: KEY, value: "{}", etag: null, endsAt: shift(now, HOUR) })) === "conflict")
    return;
  const before = shift(now, -deps.retentionMs);
  while ((await deps.alerts.purge({ before, limit: BATCH })) === BATCH);
}
