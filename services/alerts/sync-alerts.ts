import type { Alert } from "../domain/alert.ts";
import { Breakdown } from "../domain/breakdown.ts";
import { watchOf } from "../domain/coverage-watch.ts";
import type { Instant } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { TenantSync, ToldOutage } from "../domain/tenant-sync.ts";
import type { AlertSource } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { AlertStore, SyncStore, TenantScope } from "../ports/stores.ts";
import { mergeAlert } from "./merge-alert.ts";
import { afterCompleteRead, type ReadWindow, readWindow } from "./read-window.ts";

export interface SyncDeps {
  readonly source: AlertSource;
  readonly alerts: AlertStore;
  readonly syncs: SyncStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly intervalMs: number;
}

export interface CompleteRead {
  readonly window: ReadWindow;
  readonly added: number;
  readonly changed: number;
  /** What the admins were told of before it; null: nothing. */
  readonly outage: ToldOutage | null;
}

const TRIES = 5;

/**
 * Reads one tenant's alerts from the watermark less the overlap, page by page, and stores what is new or changed; the
 * watermark is stored with the last page. Throws Breakdown when the read cannot be completed: what was stored stays,
 * watermark and coverage do not move, and the next read finds the rest.
 */
export async function syncAlerts(deps: SyncDeps, link: TenantLink): Promise<CompleteRead | null> {
  const scope: TenantScope = { accountId: link.accountId, tenantId: link.tenantId };
  const stored = await deps.syncs.get(scope);
  if (stored === null) return null;
  const startedAt = deps.clock.now();
  const window = readWindow(stored.value, startedAt);
  let added = 0;
  let changed = 0;
  const { outage } = watchOf(stored.value);
  const keep = async (alerts: readonly Alert[], last: boolean) => {
    const page = await storePage(deps, { scope, link, window, alerts, finish: last ? startedAt : null });
    added += page.added;
    changed += page.changed;
    for (const alertId of page.toSettle) deps.queue.add({ kind: "settle-alert", tenantId: link.tenantId, alertId });
  };
  // One page is held back, so that the last one is known when it is stored.
  let held: readonly Alert[] = [];
  for await (const page of deps.source.pages({
    tenantId: link.tenantId,
    changedSince: window.changedSince,
    openOnly: window.openOnly,
  })) {
    if (held.length > 0) await keep(held, false);
    held = page.alerts;
  }
  await keep(held, true);
  return { window, added, changed, outage };
}

interface PageInput {
  readonly scope: TenantScope;
  readonly link: TenantLink;
  readonly window: ReadWindow;
  readonly alerts: readonly Alert[];
  /** When the read started, with its last page; null before. */
  readonly finish: Instant | null;
}

async function storePage(deps: SyncDeps, input: PageInput) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const merged = await mergePage(deps, input);
    const sync = input.finish === null ? null : await syncToStore(deps, input, input.finish);
    const outcome =
      merged.records.length === 0 && sync === null
        ? "stored"
        : await deps.alerts.storePage({
            scope: input.scope,
            records: merged.records,
            ...(sync === null ? {} : { sync }),
          });
    if (outcome === "stored") return merged;
  }
  throw new Breakdown("conflict", "A page of alerts was changed by others again and again.", { retryable: true });
}

async function mergePage(deps: SyncDeps, input: PageInput) {
  const newest = new Map<string, Alert>();
  for (const alert of input.alerts) {
    const other = newest.get(alert.id);
    if (other === undefined || other.updatedAt < alert.updatedAt) newest.set(alert.id, alert);
  }
  const known = new Map(
    (await deps.alerts.getMany(input.scope, [...newest.keys()])).map((item) => [item.value.alert.id, item]),
  );
  const now = deps.clock.now();
  const page = { records: [] as PageRecord[], toSettle: [] as string[], added: 0, changed: 0 };
  for (const read of newest.values()) {
    const before = known.get(read.id);
    const merge = mergeAlert({
      ...input.scope,
      read,
      known: before?.value ?? null,
      baseline: input.window.kind === "first" && read.createdAt < input.link.linkedAt,
      now,
    });
    if (merge.kind === "unchanged") continue;
    page.records.push({ record: merge.record, etag: before?.etag ?? null });
    page[merge.kind === "new" ? "added" : "changed"] += 1;
    if (merge.record.nextSettleAt !== null) page.toSettle.push(read.id);
  }
  return page;
}

type PageRecord = Parameters<AlertStore["storePage"]>[0]["records"][number];

async function syncToStore(
  deps: SyncDeps,
  input: PageInput,
  startedAt: Instant,
): Promise<{ sync: TenantSync; etag: string } | null> {
  const current = await deps.syncs.get(input.scope);
  // Removed meanwhile, or another read that started later is complete already: nothing to move forward.
  if (current === null || (current.value.watermark ?? "") > startedAt) return null;
  const sync = afterCompleteRead(current.value, { window: input.window, startedAt, intervalMs: deps.intervalMs });
  return { sync, etag: current.etag };
}
