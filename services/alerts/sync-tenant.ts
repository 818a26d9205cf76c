import { Breakdown } from "../domain/breakdown.ts";
import { earlier, shift } from "../domain/instant.ts";
import { inState, type TenantLink, type TenantState, type Trouble } from "../domain/tenant-link.ts";
import type { Log } from "../ports/log.ts";
import type { LinkStore } from "../ports/stores.ts";
import { CHECK_AGAIN } from "../tenants/check-permissions.ts";
import { afterFailedRead } from "./read-window.ts";
import { type CompleteRead, type SyncDeps, syncAlerts } from "./sync-alerts.ts";

export interface SyncTenantDeps extends SyncDeps {
  readonly links: LinkStore;
  readonly log: Log;
  /** What a breakdown says about the tenant; null: nothing lasting (throttled). */
  readonly troubleOf: (breakdown: Breakdown, now: string) => { state: TenantState; trouble: Trouble } | null;
  /** Told when a tenant's state changes, so that the admins hear of it. */
  readonly stateChanged: (before: TenantLink, after: TenantLink) => Promise<void>;
  /** Told when Entra refuses our own credential, which says nothing of the tenant. */
  readonly credentialRefused: (tenantId: string, breakdown: Breakdown) => Promise<void>;
}

export type SyncTenantOutcome =
  | { readonly kind: "synced"; readonly read: CompleteRead }
  | { readonly kind: "failed"; readonly breakdown: Breakdown }
  | { readonly kind: "paused" }
  | { readonly kind: "gone" };

/** States that a complete read disproves. */
const DISPROVED_BY_READING: ReadonlySet<TenantState> = new Set(["notAnswering", "consentRevoked"]);
/** Reads that were refused though a token was given. */
const REFUSED_READS: ReadonlySet<Breakdown["code"]> = new Set(["permission-missing", "unauthorized"]);
/** Breakdowns that may lie in what the tenant granted: looked into at once. */
const MAY_LACK_PERMISSIONS: ReadonlySet<Breakdown["code"]> = new Set([
  "permission-missing",
  "consent-missing",
  "unauthorized",
]);

/** Reads one tenant and keeps its state true: a failure is named on the link and delays nobody else, a complete read ends it. */
export async function syncTenant(deps: SyncTenantDeps, input: { tenantId: string }): Promise<SyncTenantOutcome> {
  const stored = await deps.links.findByTenant(input.tenantId);
  if (stored === null) return { kind: "gone" };
  const link = stored.value;
  if (link.state === "paused") return { kind: "paused" };
  try {
    const read = await syncAlerts(deps, link);
    if (read === null) return { kind: "gone" };
    if (DISPROVED_BY_READING.has(link.state)) {
      await setState(deps, link, { state: "connected", trouble: null });
      deps.queue.add({ kind: "check-permissions", tenantId: link.tenantId });
    }
    // Somebody waits to hear that what had to be mended is mended; the rest is found by the next look.
    if (read.outage?.about === "state") deps.queue.add({ kind: "watch-coverage" });
    return { kind: "synced", read };
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    await recordFailure(deps, link, cause);
    return { kind: "failed", breakdown: cause };
  }
}

async function recordFailure(deps: SyncTenantDeps, link: TenantLink, breakdown: Breakdown): Promise<void> {
  const now = deps.clock.now();
  deps.log.warn("A tenant could not be read.", {
    tenantId: link.tenantId,
    code: breakdown.code,
    detail: breakdown.detail,
    retryAfterMs: breakdown.retryAfterMs,
  });
  if (breakdown.code === "credential-failing") await deps.credentialRefused(link.tenantId, breakdown);
  const trouble = deps.troubleOf(breakdown, now);
  // What a check has named is more exact than what a refused read says.
  const named = REFUSED_READS.has(breakdown.code) && link.state === "permissionsMissing";
  if (trouble !== null && !named) await setState(deps, link, trouble);
  if (MAY_LACK_PERMISSIONS.has(breakdown.code)) {
    deps.queue.add({ kind: "check-permissions", tenantId: link.tenantId });
  }
  const scope = { accountId: link.accountId, tenantId: link.tenantId };
  const sync = await deps.syncs.get(scope);
  if (sync === null) return;
  // A conflict means that another read of the same tenant has just ended: its schedule stands.
  await deps.syncs.update({
    sync: afterFailedRead(sync.value, { now, intervalMs: deps.intervalMs, retryAfterMs: breakdown.retryAfterMs }),
    etag: sync.etag,
  });
}

async function setState(
  deps: SyncTenantDeps,
  seen: TenantLink,
  next: { state: TenantState; trouble: Trouble | null },
): Promise<void> {
  const stored = await deps.links.get(seen);
  if (stored === null || stored.value.state === "paused") return;
  const before = stored.value;
  const sameTrouble =
    before.trouble?.sentence === next.trouble?.sentence && before.trouble?.detail === next.trouble?.detail;
  if (before.state === next.state && sameTrouble) return;
  // A tenant in trouble is looked at again soon, so that it comes back by itself.
  const nextCheckAt = earlier(before.nextCheckAt, shift(deps.clock.now(), CHECK_AGAIN));
  const after = { ...inState(before, next), nextCheckAt };
  const outcome = await deps.links.update({ link: after, etag: stored.etag });
  if (outcome === "stored" && before.state !== after.state) await deps.stateChanged(before, after);
}
