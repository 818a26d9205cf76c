import type { Account } from "../domain/account.ts";
import type { ConsentJourney } from "../domain/consent-journey.ts";
import { shift } from "../domain/instant.ts";
import type { Organization } from "../domain/organization.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore, LinkStore, OrganizationStore } from "../ports/stores.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import { changeJourney, journeyAudit, personActor } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { LINK_LIFETIME } from "./consent-stage.ts";

export interface BeginLinkDeps {
  readonly links: Pick<LinkStore, "findByOrganization" | "findByTenant">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly consents: Pick<ConsentStore, "create" | "get" | "open" | "update">;
  readonly directory: Pick<TenantDirectory, "findByDomain">;
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
  | { readonly kind: "domainUnknown"; readonly domain: string }
  | { readonly kind: "domainTenantLinked"; readonly where: "here"; readonly organizationName: string }
  /** Linked by another account; nothing about it is told. */
  | { readonly kind: "domainTenantLinked"; readonly where: "elsewhere" };

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
  const expected = input.domain === null ? null : await findExpectedTenant(deps, account, input.domain);
  if (expected !== null && "kind" in expected) return expected;
  const earlier = (await deps.consents.open(account.id)).filter((item) => item.organizationId === organization.id);
  const underWay = earlier.find((item) => item.state === "granted" || item.state === "checking");
  if (underWay !== undefined) return { kind: "consentUnderWay", journey: underWay };

  const journey = newJourney(deps, input, expected);
  const after = expected === null ? "no domain given" : `expects ${expected.domain}`;
  const actor = personActor(input.requestedBy);
  await deps.consents.create(journey, {
    ...journeyAudit(deps, journey, { verb: "consent.begin", actor, after, where: input.conversationId }),
    before: null,
  });
  let replaced = 0;
  for (const item of earlier) if (await replaceJourney(deps, item.id, input.requestedBy)) replaced += 1;
  return { kind: "begun", journey, consentUrl: deps.consentLinks.urlOf(journey.id), replaced };
}

interface ExpectedTenant {
  readonly tenantId: string;
  readonly domain: string;
}

async function findExpectedTenant(
  deps: BeginLinkDeps,
  account: Account,
  typed: string,
): Promise<ExpectedTenant | Extract<BeginLinkOutcome, { kind: "domainUnknown" | "domainTenantLinked" }>> {
  const domain = typed.trim().toLowerCase();
  // What is typed goes into a path of Microsoft's: a host name and nothing else.
  const tenantId = DOMAIN.test(domain) ? await deps.directory.findByDomain(domain) : null;
  if (tenantId === null) return { kind: "domainUnknown", domain };
  const link = await deps.links.findByTenant(tenantId);
  if (link === null) return { tenantId, domain };
  if (link.value.accountId !== account.id) return { kind: "domainTenantLinked", where: "elsewhere" };
  const holder = await deps.organizations.get(account.id, link.value.organizationId);
  return { kind: "domainTenantLinked", where: "here", organizationName: holder?.name ?? "another organization" };
}

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

function newJourney(deps: BeginLinkDeps, input: BeginLinkInput, expected: ExpectedTenant | null): ConsentJourney {
  const id = deps.randomness.id();
  const now = deps.clock.now();
  const expiresAt = shift(now, LINK_LIFETIME);
  return {
    accountId: input.account.id,
    id,
    organizationId: input.organization.id,
    organizationName: input.organization.name,
    requestedBy: input.requestedBy,
    conversationId: input.conversationId,
    cardActivityId: null,
    linkHash: deps.consentLinks.hash(deps.consentLinks.idOf(id)),
    expectedDomain: expected?.domain ?? null,
    expectedTenantId: expected?.tenantId ?? null,
    confirmedTenantId: null,
    createdAt: now,
    expiresAt,
    state: "waiting",
    explanation: null,
    openedAt: null,
    grantedAt: null,
    tenant: null,
    legs: [],
    dueAt: expiresAt,
  };
}

async function replaceJourney(deps: BeginLinkDeps, journeyId: string, by: Person): Promise<boolean> {
  const replaced = await changeJourney(deps, {
    read: () => deps.consents.get(journeyId),
    decide: (journey) => {
      // Granted meanwhile: the uniqueness of links decides between the two.
      if (journey.state === "granted" || journey.state === "checking") return { store: null, outcome: false };
      const audit = journeyAudit(deps, journey, { verb: "consent.cancel", actor: personActor(by), after: "replaced" });
      const explanation = `Replaced by a new link that ${by.name} asked for.`;
      const ended = { ...journey, state: "cancelled" as const, explanation, legs: [], dueAt: deps.clock.now() };
      return { store: { journey: ended, audit }, outcome: true };
    },
  });
  if (replaced === true) deps.queue.add({ kind: "advance-consent", journeyId });
  return replaced === true;
}
