import { Breakdown } from "../domain/breakdown.ts";
import type { GrantedPermissions, TenantLink, TenantState, Trouble } from "../domain/tenant-link.ts";
import type { Log } from "../ports/log.ts";
import type { LinkStore } from "../ports/stores.ts";
import { afterFailedRead } from "./read-window.ts";
import { type CompleteRead, type SyncDeps, syncAlerts } from "./sync-alerts.ts";

export interface SyncTenantDeps extends SyncDeps {
  readonly links: LinkStore;
  readonly log: Log;
  /** What a breakdown says about the tenant; null: nothing lasting (throttled). */
  readonly troubleOf: (breakdown: Breakdown, now: string) => { state: TenantState; trouble: Trouble } | null;
  /** What Microsoft says now of a tenant's permissions and its Defender. Throws Breakdown where it does not answer. */
  readonly lookAgain: (link: TenantLink) => Promise<TenantLook>;
  /** Told when a tenant's state changes, so that the admins hear of it. */
  readonly stateChanged: (before: TenantLink, after: TenantLink) => Promise<void>;
}

export interface TenantLook {
  readonly state: TenantState;
  readonly trouble: Trouble | null;
  readonly granted: GrantedPermissions;
}

export type SyncTenantOutcome =
  | { readonly kind: "synced"; readonly read: CompleteRead }
  | { readonly kind: "failed"; readonly breakdown: Breakdown }
  | { readonly kind: "paused" }
  | { readonly kind: "gone" };

/** States that a complete read disproves. */
const DISPROVED_BY_READING: ReadonlySet<TenantState> = new Set(["notAnswering", "credentialFailing", "consentRevoked"]);

/** States that a complete read leaves in doubt: alerts can be read, and something else may be missing still. */
const DOUBTED_BY_READING: ReadonlySet<TenantState> = new Set(["permissionsMissing", "defenderNotAvailable"]);

/** Reads one tenant and keeps its state true: a failure is named on the link and delays nobody else, a complete read ends it. */
export async function syncTenant(deps: SyncTenantDeps, input: { tenantId: string }): Promise<SyncTenantOutcome> {
  const stored = await deps.links.findByTenant(input.tenantId);
  if (stored === null) return { kind: "gone" };
  const link = stored.value;
  if (link.state === "paused") return { kind: "paused" };
  try {
    const read = await syncAlerts(deps, link);
    if (read === null) return { kind: "gone" };
    if (DISPROVED_BY_READING.has(link.state)) await setState(deps, link, { state: "connected", trouble: null });
    if (DOUBTED_BY_READING.has(link.state)) await lookAgain(deps, link);
    return { kind: "synced", read };
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    await recordFailure(deps, link, cause);
    return { kind: "failed", breakdown: cause };
  }
}

async function lookAgain(deps: SyncTenantDeps, link: TenantLink): Promise<void> {
  try {
    await setState(deps, link, await deps.lookAgain(link));
  } catch (cause) {
    // The alerts are read; what else is missing is asked for again after the next read.
    if (!(cause instanceof Breakdown)) throw cause;
    deps.log.warn("A tenant's permissions could not be looked at.", { tenantId: link.tenantId, code: cause.code });
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
  const trouble = deps.troubleOf(breakdown, now);
  if (trouble !== null) await setState(deps, link, trouble);
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
  next: { state: TenantState; trouble: Trouble | null; granted?: GrantedPermissions },
): Promise<void> {
  const stored = await deps.links.get(seen);
  if (stored === null || stored.value.state === "paused") return;
  const before = stored.value;
  const sameTrouble =
    before.trouble?.sentence === next.trouble?.sentence && before.trouble?.detail === next.trouble?.detail;
  if (before.state === next.state && sameTrouble) return;
  const since = before.state === next.state ? before.trouble?.since : undefined;
  const trouble = next.trouble === null || since === undefined ? next.trouble : { ...next.trouble, since };
  const after = { ...before, state: next.state, trouble, granted: next.granted ?? before.granted };
  const outcome = await deps.links.update({ link: after, etag: stored.etag });
  if (outcome === "stored" && before.state !== after.state) await deps.stateChanged(before, after);
}
