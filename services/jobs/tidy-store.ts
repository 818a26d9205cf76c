import { HOUR, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { AlertStore, EphemeralStore } from "../ports/stores.ts";
import { firstWithin } from "./first-within.ts";

const BATCH = 500;

/**
 * Keeps the store in order, whoever looks first: each minute what a process that died left half done is brought to its end;
 * each hour alerts that did not change for longer than the retention time are deleted with their deliveries, a batch at a time.
 */
export async function tidyStore(deps: {
  readonly alerts: Pick<AlertStore, "purge">;
  readonly ephemeral: Pick<EphemeralStore, "get" | "put">;
  readonly clock: Clock;
  readonly sweep: () => Promise<void>;
  readonly retentionMs: number;
}): Promise<void> {
  if (await firstWithin(deps, "sweep-store", MINUTE)) await deps.sweep();
  if (!(await firstWithin(deps, "purge-alerts", HOUR))) return;
  const before = shift(deps.clock.now(), -deps.retentionMs);
  while ((await deps.alerts.purge({ before, limit: BATCH })) === BATCH);
}
