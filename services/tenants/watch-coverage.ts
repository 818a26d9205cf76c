import { watchOf } from "../domain/coverage-watch.ts";
import { type Instant, shift } from "../domain/instant.ts";
import type { CoverageWatch, ToldOutage } from "../domain/tenant-sync.ts";
import type { LinkStore, SyncStore, TenantScope } from "../ports/stores.ts";
import { readAlarm } from "./credential-alarm.ts";
import { type CoverageDecision, decideCoverageNotice } from "./decide-coverage-notice.ts";
import { type TellCoverageDeps, tellOutages, tellOver, type WatchedTenant } from "./tell-coverage.ts";
import { watchingSince } from "./watching-since.ts";

export interface WatchCoverageDeps extends TellCoverageDeps {
  readonly syncs: Pick<SyncStore, "dueToLook" | "get" | "update">;
  readonly links: Pick<LinkStore, "get">;
}

interface Looked extends WatchedTenant {
  readonly decision: CoverageDecision;
}

/** More tenants than one process reads. */
const AT_ONCE = 20_000;
/** From so many on a cause in common is likely: tenants whose reads fail go along, so that one outage of Microsoft's is one notice. */
const IN_COMMON = 3;

/**
 * Tells the admins of each account which tenants are not read as they should be, once, and when that is over; what goes together
 * is told together. What was told stands with the tenant's sync state and is recorded after it is shown: a notice told twice
 * after a crash is better than one not told. Idempotent.
 */
export async function watchCoverage(deps: WatchCoverageDeps): Promise<void> {
  const now = deps.clock.now();
  const credentialRefused = (await readAlarm(deps)) !== null;
  const since = await watchingSince(deps, { reset: credentialRefused });
  const due = await deps.syncs.dueToLook({ now: shift(now, deps.intervalMs), limit: AT_ONCE });
  const accounts = Map.groupBy(due, ({ accountId }) => accountId);
  const ends = await Promise.allSettled(
    [...accounts].map(async ([accountId, scopes]) => {
      const looked: Looked[] = [];
      for (const scope of scopes) {
        const found = await lookAt(deps, scope, { now, watchingSince: since, credentialRefused });
        if (found !== null) looked.push(found);
      }
      await tellAccount(deps, accountId, looked, now);
    }),
  );
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function lookAt(
  deps: WatchCoverageDeps,
  scope: TenantScope,
  input: { now: Instant; watchingSince: Instant; credentialRefused: boolean },
): Promise<Looked | null> {
  const [link, sync] = [await deps.links.get(scope), await deps.syncs.get(scope)];
  if (link === null || sync === null) return null;
  const watch = watchOf(sync.value);
  const decision = decideCoverageNotice({ ...input, link: link.value, sync: sync.value, intervalMs: deps.intervalMs });
  if (decision.kind === "later" && isDue(watch, input.now)) {
    // On a conflict a read has just ended: what it wrote counts.
    await deps.syncs.update({
      sync: { ...sync.value, watch: { ...watch, lookAt: decision.lookAt } },
      etag: sync.etag,
    });
  }
  return { link: link.value, sync: sync.value, decision };
}

async function tellAccount(
  deps: WatchCoverageDeps,
  accountId: string,
  looked: readonly Looked[],
  now: Instant,
): Promise<void> {
  const due = looked.filter(({ sync }) => isDue(watchOf(sync), now));
  const toTell = (about: ToldOutage["about"]) =>
    due.filter(({ decision }) => decision.kind === "tell" && decision.about === about);
  const unproven = toTell("coverage");
  const along = unproven.length < IN_COMMON ? [] : looked.filter((each) => !unproven.includes(each) && isFailing(each));
  const outages = [
    { about: "state", tenants: toTell("state") },
    { about: "coverage", tenants: [...unproven, ...along] },
  ] as const;
  const over = due.filter(({ decision }) => decision.kind === "over");
  await tellOutages(deps, accountId, outages, now);
  await tellOver(deps, accountId, over, now);
}

function isDue(watch: CoverageWatch, now: Instant): boolean {
  return watch.lookAt !== null && watch.lookAt <= now;
}

function isFailing({ sync, decision }: Looked): boolean {
  if (sync.failures === 0 || watchOf(sync).outage !== null) return false;
  return decision.kind === "later" ? decision.reason === "proven" : decision.kind === "wait";
}
