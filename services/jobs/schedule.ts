import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { AlertStore, ConsentStore, SyncStore } from "../ports/stores.ts";

export interface ScheduleDeps {
  readonly syncs: SyncStore;
  readonly alerts: AlertStore;
  readonly consents: ConsentStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

/** Due work taken up per tick and kind; the rest is found by the next tick. */
const PER_TICK = 500;

/** Adds a job for everything that is due by the store: what a crash or a full queue lost is found again here. */
export async function tick(deps: ScheduleDeps): Promise<void> {
  const due = { now: deps.clock.now(), limit: PER_TICK };
  for (const journeyId of await deps.consents.due(due)) deps.queue.add({ kind: "advance-consent", journeyId });
  for (const { tenantId } of await deps.syncs.due(due)) deps.queue.add({ kind: "sync-tenant", tenantId });
  for (const alert of await deps.alerts.dueToSettle(due)) deps.queue.add({ kind: "settle-alert", ...alert });
  for (const alert of await deps.alerts.dueToAnnounce(due)) deps.queue.add({ kind: "announce-alert", ...alert });
}
