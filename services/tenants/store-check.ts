import type { AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import { elapsed, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import { inState, type TenantLink } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { LinkStore } from "../ports/stores.ts";
import { personActor } from "./change-journey.ts";
import { CHECK_AGAIN, CHECK_EVERY, type PermissionCheck } from "./check-permissions.ts";
import { troubleOf } from "./tenant-trouble.ts";

export interface StoreCheckDeps {
  readonly links: Pick<LinkStore, "findByTenant" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Told when a tenant's state changes, so that the admins hear of it. */
  readonly stateChanged: (before: TenantLink, after: TenantLink) => Promise<void>;
}

/** What a look at a tenant's permissions came to. */
export type CheckResult =
  | { readonly kind: "checked"; readonly check: PermissionCheck }
  | { readonly kind: "failed"; readonly breakdown: Breakdown };

export interface StoreCheckInput {
  readonly tenantId: string;
  readonly result: CheckResult;
  /** Who asked for it; null: nobody did, then the audit log has what changed alone. */
  readonly by: { readonly person: Person; readonly where: string } | null;
}

const TRIES = 5;

/**
 * Keeps a linked tenant's state true to a check: what is missing is named on the link, what was granted since ends the
 * trouble by itself, and a change of state is told. Gives the link as it is then; null where the tenant is not linked any more.
 */
export async function storeCheck(deps: StoreCheckDeps, input: StoreCheckInput): Promise<TenantLink | null> {
  const { result } = input;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.links.findByTenant(input.tenantId);
    if (stored === null) return null;
    const after = linkAfter(stored.value, result, deps.clock.now());
    const audit = auditOf(deps, { before: stored.value, after, result, by: input.by });
    const outcome = await deps.links.update({ link: after, etag: stored.etag, ...(audit === null ? {} : { audit }) });
    if (outcome === "stored") {
      await tell(deps, stored.value, after, result);
      return after;
    }
  }
  throw new Breakdown("conflict", "A tenant was changed by others again and again.", { retryable: true });
}

function linkAfter(link: TenantLink, result: CheckResult, now: Instant): TenantLink {
  if (result.kind === "failed") {
    const { breakdown } = result;
    const soon = { ...link, nextCheckAt: shift(now, Math.max(CHECK_AGAIN, breakdown.retryAfterMs ?? 0)) };
    const found = breakdown.retryable || link.state === "paused" ? null : troubleOf(breakdown, now);
    return found === null ? soon : inState(soon, found);
  }
  const { check } = result;
  const pause = check.state === "connected" ? CHECK_EVERY : CHECK_AGAIN;
  const checked = { ...link, granted: check.granted, nextCheckAt: shift(now, pause) };
  const readingDecides = link.state === "notAnswering" && check.state === "connected";
  if (link.state === "paused" || readingDecides) return checked;
  return inState(checked, {
    state: check.state,
    trouble: check.trouble === null ? null : { ...check.trouble, since: now },
  });
}

function auditOf(
  deps: StoreCheckDeps,
  input: { before: TenantLink; after: TenantLink; result: CheckResult; by: StoreCheckInput["by"] },
): AuditRow | null {
  const { before, after, result, by } = input;
  const sameRoles = rolesOf(before) === rolesOf(after);
  if (by === null && sameRoles && before.state === after.state) return null;
  const id = deps.randomness.id();
  return {
    accountId: after.accountId,
    tenantId: after.tenantId,
    id,
    operationId: id,
    at: deps.clock.now(),
    phase: "done",
    actor: by === null ? { kind: "watchdesk" } : personActor(by.person),
    verb: "tenant.check",
    target: after.tenantName,
    before: before.state,
    after: result.kind === "checked" ? `${grantedCount(result.check)} granted, ${after.state}` : after.state,
    where: by?.where ?? null,
  };
}

/** "25 of 27". */
export function grantedCount(check: Pick<PermissionCheck, "asked" | "missing">): string {
  return `${check.asked - check.missing.length} of ${check.asked}`;
}

function rolesOf({ granted }: TenantLink): string {
  return JSON.stringify([[...granted.graph].sort(), [...granted.defender].sort()]);
}

async function tell(deps: StoreCheckDeps, before: TenantLink, after: TenantLink, result: CheckResult): Promise<void> {
  const { state } = before;
  const works = result.kind === "checked" && result.check.state === "connected";
  // At most once a minute: a read that fails asks for a check, and must not be asked for by it in a circle.
  const rested = elapsed(before.granted.checkedAt, deps.clock.now()) >= MINUTE;
  if (works && rested && state !== "connected" && state !== "paused") {
    deps.queue.add({ kind: "sync-tenant", tenantId: after.tenantId });
  }
  if (state !== after.state) await deps.stateChanged(before, after);
}
