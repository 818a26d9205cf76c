import { watchOf } from "../domain/coverage-watch.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import { changeWatch } from "./change-watch.ts";
import { type CoverageLockDeps, isLocked } from "./coverage-lock.ts";
import { needsSomebody } from "./decide-coverage-notice.ts";

export interface TenantStateChangedDeps
  extends CoverageLockDeps,
    Pick<Parameters<typeof changeWatch>[0], "syncs" | "log"> {
  readonly queue: JobQueue;
}

/**
 * Has the admins told at once of a state that somebody has to mend, and of its end. One that may pass by itself is told
 * with the coverage, when it has lasted two intervals. What is told is watch-coverage's business.
 */
export async function tenantStateChanged(
  deps: TenantStateChangedDeps,
  before: TenantLink,
  after: TenantLink,
): Promise<void> {
  deps.log.info("A tenant's state changed.", { tenantId: after.tenantId, before: before.state, after: after.state });
  if (!needsSomebody(after) && after.state !== "connected") return;
  let asked = false;
  await changeWatch(deps, after, (sync) => {
    const watch = watchOf(sync);
    asked = needsSomebody(after) || watch.outage !== null;
    return asked ? { ...watch, lookAt: deps.clock.now() } : watch;
  });
  // After a notice the rest is told together, by the next look of the minute.
  if (asked && !(await isLocked(deps, { accountId: after.accountId, of: "outages" }))) {
    deps.queue.add({ kind: "watch-coverage" });
  }
}
