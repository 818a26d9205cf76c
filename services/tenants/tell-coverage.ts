import type { CoverageNotice, NoticedTenant } from "../domain/coverage-notice.ts";
import { provenFor, STEADY, watchOf } from "../domain/coverage-watch.ts";
import { elapsed, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { CoverageWatch, TenantSync, ToldOutage } from "../domain/tenant-sync.ts";
import type { Announcement } from "../ports/announcer.ts";
import type { Log } from "../ports/log.ts";
import type { OrganizationStore, SyncStore } from "../ports/stores.ts";
import { changeWatch } from "./change-watch.ts";
import { type CoverageLockDeps, restLock, takeLock } from "./coverage-lock.ts";

export interface TellCoverageDeps extends CoverageLockDeps {
  readonly syncs: Pick<SyncStore, "get" | "update">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly intervalMs: number;
  readonly log: Log;
  /** True when it is shown in one place at least. */
  readonly announceToAdmins: (input: { accountId: string; announcement: Announcement }) => Promise<boolean>;
}

/** A tenant as it was when it was looked at. */
export interface WatchedTenant {
  readonly link: TenantLink;
  readonly sync: TenantSync;
}

/** A notice that Teams takes nowhere is tried again after this. */
const TRY_AGAIN = 2 * MINUTE;
/** After an outage that all share, reads succeed again one by one, within the longest pause between two. */
const AFTER_RECOVERIES = 10 * MINUTE;

/** Tells of outages; together with what else an account has to hear of at this moment. Does nothing while the lock rests: they stay due. */
export async function tellOutages(
  deps: TellCoverageDeps,
  accountId: string,
  outages: readonly { about: ToldOutage["about"]; tenants: readonly WatchedTenant[] }[],
  now: Instant,
): Promise<void> {
  const lock = { accountId, of: "outages" } as const;
  const wanted = outages.filter(({ tenants }) => tenants.length > 0);
  if (wanted.length === 0 || !(await takeLock(deps, lock))) return;
  let shown = true;
  for (const { about, tenants } of wanted) {
    if (!(await tell(deps, accountId, about, tenants))) {
      shown = false;
      continue;
    }
    for (const { link } of tenants) await changeWatch(deps, link, (sync) => afterTelling(sync, about, now));
  }
  await restLock(deps, lock, shown ? MINUTE : TRY_AGAIN);
}

/** Tells that outages are over, which ends them. */
export async function tellOver(
  deps: TellCoverageDeps,
  accountId: string,
  tenants: readonly WatchedTenant[],
  now: Instant,
): Promise<void> {
  const lock = { accountId, of: "recoveries" } as const;
  if (tenants.length === 0 || !(await takeLock(deps, lock))) return;
  const shown = await tell(deps, accountId, "over", tenants);
  for (const { link } of shown ? tenants : []) {
    await changeWatch(deps, link, (sync) => ({
      lookAt: shift(sync.watermark ?? now, provenFor(deps.intervalMs)),
      outage: null,
      overAt: now,
    }));
  }
  await restLock(deps, lock, shown ? (tenants.length === 1 ? MINUTE : AFTER_RECOVERIES) : TRY_AGAIN);
}

function afterTelling(sync: TenantSync, about: ToldOutage["about"], toldAt: Instant): CoverageWatch {
  const { outage, overAt } = watchOf(sync);
  const flapping = outage?.flapping === true || (overAt !== null && elapsed(overAt, toldAt) < STEADY);
  // A read that was completed while it was told is looked at at once.
  const lookAt = (sync.watermark ?? "") > toldAt ? toldAt : null;
  return { lookAt, outage: { toldAt, about, flapping, provenSince: null }, overAt };
}

async function tell(
  deps: TellCoverageDeps,
  accountId: string,
  about: CoverageNotice["about"],
  tenants: readonly WatchedTenant[],
): Promise<boolean> {
  const noticed: NoticedTenant[] = [];
  for (const { link, sync } of tenants) {
    const organization = await deps.organizations.get(accountId, link.organizationId);
    const { tenantName, state, trouble, linkedAt } = link;
    const organizationName = organization?.name ?? tenantName;
    noticed.push({ organizationName, tenantName, state, trouble, linkedAt, coverage: sync.coverage });
  }
  deps.log.info("The admins are told of tenants.", { accountId, about, tenants: tenants.length });
  return await deps.announceToAdmins({
    accountId,
    announcement: { kind: "coverage", notice: { about, tenants: noticed } },
  });
}
