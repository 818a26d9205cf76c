import { SECOND, shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { RemovedTenant } from "../domain/removed-tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { RemovalStore } from "../ports/removal-store.ts";
import type { LinkStore, OrganizationStore, TenantScope } from "../ports/stores.ts";
import { personActor } from "./change-journey.ts";
import { type EndOpenWorkDeps, endOpenWork } from "./end-open-work.ts";

export interface RemoveLinkDeps extends EndOpenWorkDeps {
  readonly links: Pick<LinkStore, "get" | "remove">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly removals: Pick<RemovalStore, "get" | "countCards">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type RemoveLinkOutcome =
  /** `cards`: how many cards are going to say that the tenant is no longer watched. */
  | { readonly kind: "removed"; readonly removed: RemovedTenant; readonly cards: number }
  /** Not linked: somebody was first (`removed` says who and when), or it never was. */
  | { readonly kind: "missing"; readonly removed: RemovedTenant | null }
  /** Others change it again and again. */
  | { readonly kind: "conflict" };

/** Cards that were being posted or edited when the link went have answered by then (a call ends after 10 s). */
const CALLS_UNDER_WAY = 15 * SECOND;
const TRIES = 5;

/**
 * Takes a tenant off: its alerts, sync state and settings are deleted with it, a tombstone stays, the cards on screen are
 * marked by a job, and links and moves under way for it end. The consent at Microsoft stays; only the tenant's admin can
 * withdraw it. Who may do so is the caller's question.
 */
export async function removeLink(
  deps: RemoveLinkDeps,
  input: { scope: TenantScope; by: Person; where: string | null },
): Promise<RemoveLinkOutcome> {
  const { scope, by } = input;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.links.get(scope);
    if (stored === null) return { kind: "missing", removed: await deps.removals.get(scope) };
    const link = stored.value;
    const organization = await deps.organizations.get(scope.accountId, link.organizationId);
    const now = deps.clock.now();
    const id = deps.randomness.id();
    const tombstone: RemovedTenant = {
      ...scope,
      tenantName: link.tenantName,
      organizationId: link.organizationId,
      organizationName: organization?.name ?? link.tenantName,
      removedBy: by,
      removedAt: now,
    };
    const outcome = await deps.links.remove({
      scope,
      etag: stored.etag,
      tombstone,
      cardsDueAt: shift(now, CALLS_UNDER_WAY),
      audit: {
        ...scope,
        id,
        operationId: id,
        at: now,
        phase: "done",
        actor: personActor(by),
        verb: "tenant.remove",
        target: link.tenantName,
        before: `${tombstone.organizationName}, ${link.state}`,
        after: "removed",
        where: input.where,
      },
    });
    if (outcome === "conflict") continue;
    await endOpenWork(deps, tombstone);
    return { kind: "removed", removed: tombstone, cards: await deps.removals.countCards(scope) };
  }
  return { kind: "conflict" };
}
