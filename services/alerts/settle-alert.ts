import type { AlertRecord } from "../domain/alert-record.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import { type AutoResolveDecision, decideAutoResolve } from "../policy/decide-auto-resolve.ts";
import { effectiveSettings } from "../policy/effective-settings.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { LinkStore, SettingsStore } from "../ports/stores.ts";
import { autoResolveAlert, leaveAlert } from "./auto-resolve-alert.ts";
import { carryOutOrder } from "./carry-out-order.ts";
import type { DefenderWriteDeps } from "./write-to-defender.ts";

export interface SettleDeps extends DefenderWriteDeps {
  readonly links: LinkStore;
  readonly settings: SettingsStore;
  readonly queue: JobQueue;
}

/**
 * Brings one alert to rest: decides by the settings of this moment, carries the decision out in Defender and marks the
 * cards as due. Idempotent: an alert at rest is left alone, an interrupted one is taken up where it stood.
 */
export async function settleAlert(deps: SettleDeps, input: { tenantId: string; alertId: string }): Promise<void> {
  const link = (await deps.links.findByTenant(input.tenantId))?.value ?? null;
  if (link === null) return;
  const scope = { accountId: link.accountId, tenantId: link.tenantId };
  const record = (await deps.alerts.get(scope, input.alertId))?.value ?? null;
  if (record === null || record.nextSettleAt === null || record.nextSettleAt > deps.clock.now()) return;
  if (record.resolveRequest !== null) await carryOutOrder(deps, { record, order: record.resolveRequest });
  else await settleByPolicy(deps, link, record);
  deps.queue.add({ kind: "announce-alert", tenantId: input.tenantId, alertId: input.alertId });
}

async function settleByPolicy(deps: SettleDeps, link: TenantLink, record: AlertRecord): Promise<void> {
  const decision = await decideNow(deps, link, record);
  // Resolved, and we had begun to resolve it: only the comment and the record of it are missing.
  const unfinished = record.autoResolve.kind === "pending" && record.alert.status === "resolved";
  if (decision.kind === "resolve" || unfinished) {
    await autoResolveAlert(deps, { record, decideNow: () => decideNow(deps, link, record) });
  } else {
    await leaveAlert(deps, { record, decision });
  }
}

/** Decides on the record and the settings as they are in the store now: somebody may have claimed it since it was seen. */
async function decideNow(deps: SettleDeps, link: TenantLink, seen: AlertRecord): Promise<AutoResolveDecision> {
  const [stored, account, tenant] = await Promise.all([
    deps.alerts.get(seen, seen.alert.id),
    deps.settings.get({ accountId: link.accountId, tenantId: null }),
    deps.settings.get({ accountId: link.accountId, tenantId: link.tenantId }),
  ]);
  return decideAutoResolve(stored?.value ?? seen, link, effectiveSettings(account.value, tenant.value));
}
