import { watchFrom } from "../domain/coverage-watch.ts";
import type { Person } from "../domain/person.ts";
import { inState, type TenantLink } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { LinkStore, SyncStore, TenantScope } from "../ports/stores.ts";
import { personActor } from "./change-journey.ts";

export interface PauseTenantDeps {
  readonly links: Pick<LinkStore, "get" | "update">;
  readonly syncs: Pick<SyncStore, "get" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly intervalMs: number;
}

export type PauseOutcome =
  | { readonly kind: "changed" }
  /** Somebody was first: it is as asked already. */
  | { readonly kind: "alreadySo" }
  | { readonly kind: "missing" }
  /** Somebody else changed the tenant at the same moment: nothing was done, look again. */
  | { readonly kind: "conflict" };

interface PauseInput {
  readonly scope: TenantScope;
  readonly by: Person;
  readonly where: string | null;
}

/** Stops reading a tenant, resolving its alerts and checking its permissions, until somebody resumes it. */
export async function pauseTenant(deps: PauseTenantDeps, input: PauseInput): Promise<PauseOutcome> {
  return await change(deps, input, "tenant.pause", (link) =>
    link.state === "paused" ? null : inState(link, { state: "paused", trouble: null }),
  );
}

/** Reads a paused tenant again, from where it was left, and checks at once what it still grants. */
export async function resumeTenant(deps: PauseTenantDeps, input: PauseInput): Promise<PauseOutcome> {
  const outcome = await change(deps, input, "tenant.resume", (link) =>
    link.state === "paused"
      ? { ...inState(link, { state: "connected", trouble: null }), nextCheckAt: deps.clock.now() }
      : null,
  );
  if (outcome.kind !== "changed") return outcome;
  const sync = await deps.syncs.get(input.scope);
  if (sync !== null) {
    const now = deps.clock.now();
    const watch = watchFrom(sync.value, now, deps.intervalMs);
    await deps.syncs.update({ sync: { ...sync.value, nextSyncAt: now, watch }, etag: sync.etag });
  }
  deps.queue.add({ kind: "check-permissions", tenantId: input.scope.tenantId });
  deps.queue.add({ kind: "sync-tenant", tenantId: input.scope.tenantId });
  return outcome;
}

async function change(
  deps: PauseTenantDeps,
  input: PauseInput,
  verb: "tenant.pause" | "tenant.resume",
  next: (link: TenantLink) => TenantLink | null,
): Promise<PauseOutcome> {
  const stored = await deps.links.get(input.scope);
  if (stored === null) return { kind: "missing" };
  const link = next(stored.value);
  if (link === null) return { kind: "alreadySo" };
  const id = deps.randomness.id();
  const outcome = await deps.links.update({
    link,
    etag: stored.etag,
    audit: {
      accountId: link.accountId,
      tenantId: link.tenantId,
      id,
      operationId: id,
      at: deps.clock.now(),
      phase: "done",
      actor: personActor(input.by),
      verb,
      target: link.tenantName,
      before: stored.value.state,
      after: link.state,
      where: input.where,
    },
  });
  return outcome === "stored" ? { kind: "changed" } : { kind: "conflict" };
}
