import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import { readDomainName } from "../domain/domain-name.ts";
import { shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { ConsentStore, LinkStore, OrganizationStore, TenantScope } from "../ports/stores.ts";
import { changeJourney, type JourneyDecision, journeyAudit, personActor } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { consentStage, LINK_LIFETIME } from "./consent-stage.ts";
import { type CreateJourneyDeps, createJourney } from "./create-journey.ts";
import { replaceJourney } from "./replace-journey.ts";

export interface BeginConsentAgainDeps extends CreateJourneyDeps {
  readonly links: Pick<LinkStore, "get">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly consents: Pick<ConsentStore, "create" | "get" | "open" | "update">;
  readonly consentLinks: ConsentLinks;
  readonly queue: JobQueue;
}

export interface BeginConsentAgainInput {
  readonly scope: TenantScope;
  readonly requestedBy: Person;
  /** The conversation (1:1) in which the consent card is shown. */
  readonly conversationId: string;
}

export type BeginConsentAgainOutcome =
  | { readonly kind: "begun"; readonly journey: ConsentJourney }
  /** A link was open already: it stays the same and has another 7 days. `former` is the journey as it was, with its old card. */
  | { readonly kind: "renewed"; readonly journey: ConsentJourney; readonly former: ConsentJourney }
  /** Consent was given just now, and is being checked. */
  | { readonly kind: "underWay"; readonly journey: ConsentJourney }
  | { readonly kind: "notLinked" };

/**
 * A consent link for a tenant that is linked already, good for exactly that tenant. There is one open link per tenant: asked
 * for again, the same one is renewed, and of two that are made at the same moment the older one stays.
 */
export async function beginConsentAgain(
  deps: BeginConsentAgainDeps,
  input: BeginConsentAgainInput,
): Promise<BeginConsentAgainOutcome> {
  const { scope, requestedBy, conversationId } = input;
  const link = (await deps.links.get(scope))?.value;
  if (link === undefined) return { kind: "notLinked" };
  const [open] = await openConsents(deps, scope);
  const renewed = open === undefined ? null : await renew(deps, input, open.id);
  if (renewed !== null) return renewed;

  const organization = await deps.organizations.get(scope.accountId, link.organizationId);
  const journey = await createJourney(deps, {
    accountId: scope.accountId,
    purpose: "again",
    organization: { id: link.organizationId, name: organization?.name ?? link.tenantName },
    requestedBy,
    conversationId,
    // Where the tenant's name was never told, its id stands for the domain.
    expected: { tenantId: link.tenantId, domain: readDomainName(link.tenantDomain) },
  });
  const [first = journey, ...others] = (await openConsents(deps, scope)).toReversed();
  for (const other of others) await replaceJourney(deps, { journeyId: other.id, by: requestedBy });
  if (first.id === journey.id) return { kind: "begun", journey };
  return (await renew(deps, input, first.id)) ?? { kind: "begun", journey };
}

/** The tenant's open journeys of this kind, newest first. */
export async function openConsents(
  deps: { readonly consents: Pick<ConsentStore, "open"> },
  { accountId, tenantId }: TenantScope,
): Promise<readonly ConsentJourney[]> {
  const open = await deps.consents.open(accountId);
  return open.filter((journey) => asksAgain(journey) && journey.expectedTenantId === tenantId);
}

/** Gives an open link to whoever asks for it now, for another 7 days; null: it has ended meanwhile. */
async function renew(
  deps: BeginConsentAgainDeps,
  { requestedBy, conversationId }: BeginConsentAgainInput,
  journeyId: string,
): Promise<BeginConsentAgainOutcome | null> {
  return await changeJourney(deps, {
    read: () => deps.consents.get(journeyId),
    decide: (former): JourneyDecision<BeginConsentAgainOutcome | null> => {
      const now = deps.clock.now();
      const stage = consentStage(former, now);
      if (stage === "underWay") return { store: null, outcome: { kind: "underWay", journey: former } };
      if (stage !== "live") return { store: null, outcome: null };
      const expiresAt = shift(now, LINK_LIFETIME);
      const journey: ConsentJourney = {
        ...former,
        requestedBy,
        conversationId,
        // The card that is posted now is the one that follows the journey.
        cardActivityId: null,
        // Another one only where our secret has changed since.
        linkHash: deps.consentLinks.hash(deps.consentLinks.idOf(former.id)),
        expiresAt,
        state: "waiting",
        explanation: null,
        openedAt: null,
        dueAt: expiresAt,
      };
      const actor = personActor(requestedBy);
      const audit = journeyAudit(deps, former, {
        verb: "consent.renew",
        actor,
        after: expiresAt,
        where: conversationId,
      });
      return { store: { journey, audit }, outcome: { kind: "renewed", journey, former } };
    },
  });
}
