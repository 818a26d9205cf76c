import { MINUTE } from "../domain/instant.ts";
import { dueDirectories, type SyncDirectoryDeps } from "../organizations/sync-directory.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { MoveStore } from "../ports/move-store.ts";
import type { RemovalStore } from "../ports/removal-store.ts";
import type { AlertStore, ConsentStore, LinkStore, SyncStore } from "../ports/stores.ts";
import { firstWithin } from "./first-within.ts";

export interface ScheduleDeps extends Pick<SyncDirectoryDeps, "directories" | "ephemeral"> {
  readonly syncs: SyncStore;
  readonly alerts: AlertStore;
  readonly consents: ConsentStore;
  readonly moves: Pick<MoveStore, "due">;
  readonly removals: Pick<RemovalStore, "due">;
  readonly links: Pick<LinkStore, "dueToCheck">;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

/** Due work taken up per tick and kind; the rest is found by the next tick. */
const PER_TICK = 500;

/** Adds a job for everything that is due by the store: what a crash or a full queue lost is found again here. */
export async function tick(deps: ScheduleDeps): Promise<void> {
  const due = { now: deps.clock.now(), limit: PER_TICK };
  for (const journeyId of await deps.consents.due(due)) deps.queue.add({ kind: "advance-consent", journeyId });
  for (const { tenantId } of await deps.links.dueToCheck(due)) deps.queue.add({ kind: "check-permissions", tenantId });
  if (await firstWithin(deps, "watch-credentials", MINUTE)) deps.queue.add({ kind: "watch-credentials" });
  if (await firstWithin(deps, "watch-coverage", MINUTE)) deps.queue.add({ kind: "watch-coverage" });
  for (const { tenantId } of await deps.syncs.due(due)) deps.queue.add({ kind: "sync-tenant", tenantId });
  for (const alert of await deps.alerts.dueToSettle(due)) deps.queue.add({ kind: "settle-alert", ...alert });
  for (const alert of await deps.alerts.dueToAnnounce(due)) deps.queue.add({ kind: "announce-alert", ...alert });
  for (const moveId of await deps.moves.due(due)) deps.queue.add({ kind: "advance-move", moveId });
  for (const tenantId of await deps.removals.due(due)) deps.queue.add({ kind: "mark-retired-cards", tenantId });
  for (const accountId of await dueDirectories(deps)) deps.queue.add({ kind: "sync-directory", accountId });
}
