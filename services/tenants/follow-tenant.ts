import type { ConsentJourney } from "../domain/consent-journey.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { RemovalStore } from "../ports/removal-store.ts";
import type { LinkStore, OrganizationStore } from "../ports/stores.ts";
import { journeyAudit } from "./change-journey.ts";
import type { JourneyStep } from "./journey-step.ts";

export interface FollowTenantDeps {
  readonly links: Pick<LinkStore, "get">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly removals: Pick<RemovalStore, "get">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type Following =
  | { readonly kind: "linked"; readonly link: TenantLink }
  /** Moved to another organization, or renamed: the journey takes the name over, its card says so. */
  | { readonly kind: "changed"; readonly step: JourneyStep }
  /** Removed: the journey ends. */
  | { readonly kind: "gone"; readonly step: JourneyStep };

/** Looks at what became of the tenant that is asked to consent again; whose it is may have changed since the link was made. */
export async function followTenant(deps: FollowTenantDeps, journey: ConsentJourney): Promise<Following> {
  const scope = { accountId: journey.accountId, tenantId: journey.expectedTenantId ?? "" };
  const link = (await deps.links.get(scope))?.value;
  if (link === undefined) return { kind: "gone", step: await goneStep(deps, journey) };
  const organization = await deps.organizations.get(link.accountId, link.organizationId);
  const organizationName = organization?.name ?? link.tenantName;
  const moved = link.organizationId !== journey.organizationId;
  if (!moved && organizationName === journey.organizationName) return { kind: "linked", link };
  return { kind: "changed", step: changedStep(deps, journey, { link, organizationName, moved }) };
}

function changedStep(
  deps: FollowTenantDeps,
  journey: ConsentJourney,
  { link, organizationName, moved }: { link: TenantLink; organizationName: string; moved: boolean },
): JourneyStep {
  // "Opened" with a sentence is one that Microsoft did not answer.
  const says = moved && journey.state !== "opened";
  const explanation = says
    ? `The tenant was moved from ${journey.organizationName} to ${organizationName} meanwhile. The link stays the same.`
    : journey.explanation;
  const next = { ...journey, organizationId: link.organizationId, organizationName, explanation };
  const audit = journeyAudit(deps, journey, {
    verb: moved ? "consent.move" : "consent.rename",
    actor: { kind: "watchdesk" },
    after: organizationName,
  });
  // What was due stays due: whoever looks next finds nothing changed.
  return { next: { ...next, dueAt: deps.clock.now() }, audit, show: true };
}

/** Ends a journey whose tenant is not linked any more: its card says who removed it. */
export async function goneStep(deps: FollowTenantDeps, journey: ConsentJourney): Promise<JourneyStep> {
  const scope = { accountId: journey.accountId, tenantId: journey.expectedTenantId ?? "" };
  const removed = await deps.removals.get(scope);
  const explanation =
    removed === null
      ? "The tenant is no longer connected. The link ended with that."
      : `${removed.removedBy.name} removed ${removed.organizationName}'s tenant while this link was open. It ended with that.`;
  const audit = journeyAudit(deps, journey, {
    verb: "consent.cancel",
    actor: { kind: "watchdesk" },
    after: "removed",
  });
  return { next: { ...journey, state: "removed", explanation, dueAt: null }, audit, show: true };
}
