import type { Account } from "../domain/account.ts";
import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import type { Organization } from "../domain/organization.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore, LinkStore, OrganizationStore } from "../ports/stores.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { type CreateJourneyDeps, createJourney } from "./create-journey.ts";
import { type ExpectedTenantDeps, findExpectedTenant, type UnusableDomain } from "./expected-tenant.ts";
import { replaceJourney } from "./replace-journey.ts";

export interface BeginLinkDeps extends CreateJourneyDeps, ExpectedTenantDeps {
  readonly links: Pick<LinkStore, "findByOrganization" | "findByTenant">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly consents: Pick<ConsentStore, "create" | "get" | "open" | "update">;
  readonly consentLinks: ConsentLinks;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export interface BeginLinkInput {
  readonly account: Account;
  readonly organization: Organization;
  readonly requestedBy: Person;
  /** The conversation (1:1) in which the consent card is shown. */
  readonly conversationId: string;
  /** The customer's domain, if it was typed in. */
  readonly domain: string | null;
}

export type BeginLinkOutcome =
  /** `replaced`: how many earlier links of this organization ended with this one. */
  | { readonly kind: "begun"; readonly journey: ConsentJourney; readonly consentUrl: string; readonly replaced: number }
  | { readonly kind: "organizationHasTenant"; readonly tenantName: string; readonly tenantDomain: string }
  /** An earlier link of this organization was granted and is being checked: it is not replaced. */
  | { readonly kind: "consentUnderWay"; readonly journey: ConsentJourney }
  | UnusableDomain;

/**
 * Begins the connection of an organization's tenant: stores a journey whose link ends after 7 days. Only the SHA-256 of
 * the link id is stored. Throws Breakdown when the domain cannot be looked up.
 */
export async function beginLink(deps: BeginLinkDeps, input: BeginLinkInput): Promise<BeginLinkOutcome> {
  const { account, organization } = input;
  const link = await deps.links.findByOrganization(account.id, organization.id);
  if (link !== null) {
    return { kind: "organizationHasTenant", tenantName: link.tenantName, tenantDomain: link.tenantDomain };
  }
  const expected =
    input.domain === null ? null : await findExpectedTenant(deps, { accountId: account.id, domain: input.domain });
  if (expected !== null && "kind" in expected) return expected;
  const earlier = (await deps.consents.open(account.id)).filter(
    (item) => item.organizationId === organization.id && !asksAgain(item),
  );
  const underWay = earlier.find((item) => item.state === "granted" || item.state === "checking");
  if (underWay !== undefined) return { kind: "consentUnderWay", journey: underWay };

  const { requestedBy, conversationId } = input;
  const journey = await createJourney(deps, {
    accountId: account.id,
    organization,
    requestedBy,
    conversationId,
    expected,
  });
  let replaced = 0;
  for (const item of earlier) if (await replaceJourney(deps, { journeyId: item.id, by: requestedBy })) replaced += 1;
  return { kind: "begun", journey, consentUrl: deps.consentLinks.urlOf(journey.id), replaced };
}
