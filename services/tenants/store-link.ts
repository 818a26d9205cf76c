import type { ConsentJourney } from "../domain/consent-journey.ts";
import { watchFrom } from "../domain/coverage-watch.ts";
import { HOUR, SECOND, shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { TenantSync } from "../domain/tenant-sync.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { LinkCreation } from "../ports/link-outcomes.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { LinkStore, OrganizationStore } from "../ports/stores.ts";
import { journeyAudit, personActor } from "./change-journey.ts";
import { CHECK_AGAIN, CHECK_EVERY, type PermissionCheck } from "./check-permissions.ts";
import { LINK_LIFETIME } from "./consent-stage.ts";
import { failedStep, type JourneyStep } from "./journey-step.ts";

export interface StoreLinkDeps {
  readonly links: Pick<LinkStore, "create">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly intervalMs: number;
}

/** When the first read is looked after again. */
export const FIRST_LOOK = 2 * SECOND;

/** Links the tenant that was proved and checked; if it is linked already by this very journey, goes on from there. */
export async function storeLink(
  deps: StoreLinkDeps,
  input: { journey: ConsentJourney; check: PermissionCheck },
): Promise<JourneyStep> {
  const { journey } = input;
  const link = linkOf(deps, input);
  if (link === null) return failedStep(deps, journey, "What was granted is not known. Connect again.");
  const now = deps.clock.now();
  const sync: TenantSync = {
    accountId: link.accountId,
    tenantId: link.tenantId,
    watermark: null,
    coverage: null,
    lastTriedAt: null,
    nextSyncAt: now,
    nextSweepAt: shift(now, HOUR),
    failures: 0,
    watch: watchFrom(null, now, deps.intervalMs),
  };
  const audit = journeyAudit(deps, journey, {
    verb: "tenant.link",
    actor: personActor(journey.requestedBy),
    after: `${link.tenantName} (${link.tenantDomain}), ${link.state}`,
    where: journey.conversationId,
  });
  const obstacle = await obstacleOf(
    deps,
    link,
    // The link's seven days tell when it was asked for last.
    await deps.links.create({
      link,
      sync,
      audit: { ...audit, before: null },
      askedAt: shift(journey.expiresAt, -LINK_LIFETIME),
    }),
  );
  if (obstacle !== null) return failedStep(deps, journey, obstacle);
  deps.queue.add({ kind: "sync-tenant", tenantId: link.tenantId });
  const next = { ...journey, state: "checking" as const, explanation: null, dueAt: shift(now, FIRST_LOOK) };
  return { next, audit: null, show: true };
}

async function obstacleOf(deps: StoreLinkDeps, link: TenantLink, creation: LinkCreation): Promise<string | null> {
  switch (creation.kind) {
    case "linked":
      return null;
    case "organizationHasTenant":
      return creation.tenantId === link.tenantId
        ? null
        : "The organization was connected to another tenant meanwhile. Nothing was changed.";
    case "tenantLinkedHere": {
      if (creation.organizationId === link.organizationId) return null;
      const holder = await deps.organizations.get(link.accountId, creation.organizationId);
      return `The tenant ${link.tenantName} is already connected to ${holder?.name ?? "another organization"}. Nothing was changed.`;
    }
    case "tenantRemoved":
      return `${creation.removed.removedBy.name} removed ${creation.removed.organizationName}'s tenant after this link was made. Connect again to begin anew.`;
    case "tenantLinkedElsewhere":
      return `The tenant ${link.tenantName} is already connected elsewhere. Nothing was changed.`;
  }
}

function linkOf(
  deps: StoreLinkDeps,
  { journey, check }: { journey: ConsentJourney; check: PermissionCheck },
): TenantLink | null {
  const { tenant } = journey;
  if (tenant === null) return null;
  const now = deps.clock.now();
  return {
    accountId: journey.accountId,
    organizationId: journey.organizationId,
    tenantId: tenant.id,
    tenantName: tenant.name,
    tenantDomain: tenant.domain,
    linkedAt: now,
    linkedBy: journey.requestedBy,
    linkedIn: journey.conversationId,
    state: check.state,
    trouble: check.trouble === null ? null : { ...check.trouble, since: now },
    granted: check.granted,
    nextCheckAt: shift(now, check.state === "connected" ? CHECK_EVERY : CHECK_AGAIN),
  };
}
