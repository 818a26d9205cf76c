import { afterCompleteRead, afterFailedRead } from "../../../services/alerts/read-window.ts";
import { watchFrom, watchOf } from "../../../services/domain/coverage-watch.ts";
import { MINUTE } from "../../../services/domain/instant.ts";
import type { Job } from "../../../services/domain/job.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import type { TenantSync } from "../../../services/domain/tenant-sync.ts";
import type { Announcement } from "../../../services/ports/announcer.ts";
import type { TenantScope } from "../../../services/ports/stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { tenantStateChanged } from "../../../services/tenants/tenant-state-changed.ts";
import { watchCoverage } from "../../../services/tenants/watch-coverage.ts";
import { movedClock } from "../../contract/store/opened-store.ts";
import { linked } from "../../contract/store/store-samples.ts";

/** Tenants on a store in memory, each minute read or not as the test says, and what the admins are told. */
export async function coverageWorld() {
  const clock = movedClock();
  const stores = await openSqliteStores({ path: ":memory:", clock });
  const told: string[] = [];
  const jobs: Job[] = [];
  const warnings: string[] = [];
  const teams: { shows: boolean; dies: Error | null } = { shows: true, dies: null };
  const silent = () => undefined;
  const tenants: TenantScope[] = [];
  const failing = new Set<string>();
  const hanging = new Set<string>();
  const deps = {
    ...stores,
    clock,
    intervalMs: MINUTE,
    queue: { add: (job: Job) => void jobs.push(job) },
    log: { debug: silent, info: silent, warn: (sentence: string) => void warnings.push(sentence), error: silent },
    announceToAdmins: async ({ accountId, announcement }: { accountId: string; announcement: Announcement }) => {
      if (announcement.kind !== "coverage") throw new Error("Only coverage is told here.");
      const { about, tenants: noticed } = announcement.notice;
      const names = noticed.map(({ organizationName }) => organizationName).toSorted();
      const what = names.length > 3 ? `${names.length} tenants` : names.join(", ");
      if (teams.dies !== null) throw teams.dies;
      told.push(`${teams.shows ? "" : "refused: "}${accountId} ${about}: ${what}`);
      return teams.shows;
    },
  };
  const change = async (scope: TenantScope, next: (sync: TenantSync) => TenantSync) => {
    const stored = await stores.syncs.get(scope);
    if (stored === null) throw new Error("The tenant is not in the store.");
    await stores.syncs.update({ sync: next(stored.value), etag: stored.etag });
  };
  /** What a read of the tenant that is due now leaves in the store. */
  const readOne = async (scope: TenantScope) => {
    const now = clock.now();
    const sync = (await stores.syncs.get(scope))?.value;
    if (sync === undefined || sync.nextSyncAt > now || hanging.has(scope.tenantId)) return;
    const link = await stores.links.get(scope);
    if (link?.value.state === "paused") return;
    const window = { kind: "regular", changedSince: now, openOnly: false } as const;
    await change(scope, (current) =>
      failing.has(scope.tenantId)
        ? afterFailedRead(current, { now, intervalMs: MINUTE, retryAfterMs: null })
        : afterCompleteRead(current, { window, startedAt: now, intervalMs: MINUTE }),
    );
  };
  const minute = async () => {
    clock.advance(MINUTE);
    for (const scope of tenants) await readOne(scope);
    await watchCoverage(deps);
  };
  return {
    deps,
    stores,
    clock,
    told,
    jobs,
    warnings,
    teams,
    failing,
    hanging,
    change,
    minute,
    tenant: async (name: string, fields: Partial<TenantLink> = {}): Promise<TenantScope> => {
      const scope = await linked(stores, { linkedAt: clock.now(), ...fields }, name);
      await change(scope, (sync) => ({
        ...sync,
        nextSyncAt: clock.now(),
        watch: watchFrom(null, clock.now(), MINUTE),
      }));
      tenants.push(scope);
      return scope;
    },
    pass: async (minutes: number) => {
      for (let passed = 0; passed < minutes; passed += 1) await minute();
    },
    watch: () => watchCoverage(deps),
    outage: async (scope: TenantScope) => {
      const stored = await stores.syncs.get(scope);
      return stored === null ? null : watchOf(stored.value).outage;
    },
    /** The link in another state, and what that leads to. */
    state: async (scope: TenantScope, fields: Pick<TenantLink, "state" | "trouble">) => {
      const stored = await stores.links.get(scope);
      if (stored === null) throw new Error("The tenant is not linked.");
      const after = { ...stored.value, ...fields };
      await stores.links.update({ link: after, etag: stored.etag });
      await tenantStateChanged(deps, stored.value, after);
      if (jobs.splice(0).length > 0) await watchCoverage(deps);
    },
  };
}

export type CoverageWorld = Awaited<ReturnType<typeof coverageWorld>>;
