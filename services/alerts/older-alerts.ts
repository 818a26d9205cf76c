import type { AlertRecord } from "../domain/alert-record.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AlertStore, TenantScope } from "../ports/stores.ts";
import { changeRecord } from "./change-record.ts";

const PAGE = 200;

/**
 * Orders every open alert that is older than the connection to be resolved in Defender, in a person's name. The order is
 * stored with each alert and carried out by settling, within Defender's limits. Gives how many were ordered.
 */
export async function orderOlderAlerts(
  deps: { alerts: AlertStore; queue: JobQueue; clock: Clock; randomness: Randomness },
  input: { scope: TenantScope; by: Person },
): Promise<number> {
  const { scope, by } = input;
  let ordered = 0;
  for (const alertId of await openOlderAlerts(deps, scope)) {
    const at = deps.clock.now();
    const reference = `wd-${deps.randomness.id().slice(0, 8)}`;
    const stored = await changeRecord(deps, {
      scope,
      alertId,
      change: (current) =>
        isOpen(current) ? { record: { ...current, resolveRequest: { by, at, reference }, nextSettleAt: at } } : null,
    });
    if (stored === null) continue;
    ordered += 1;
    deps.queue.add({ kind: "settle-alert", tenantId: scope.tenantId, alertId });
  }
  return ordered;
}

/** All ids before the first order: an alert that is resolved meanwhile would shift the pages. */
async function openOlderAlerts(deps: { alerts: AlertStore }, scope: TenantScope): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await deps.alerts.list({ ...scope, filter: { status: "open" }, offset, limit: PAGE });
    for (const { alert, baseline } of page) if (baseline) ids.push(alert.id);
    if (page.length < PAGE) return ids;
  }
}

function isOpen(record: AlertRecord): boolean {
  return record.alert.status !== "resolved" && record.resolveRequest === null;
}
