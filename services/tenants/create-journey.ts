import type { ConsentJourney } from "../domain/consent-journey.ts";
import { shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { journeyAudit, personActor } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { LINK_LIFETIME } from "./consent-stage.ts";
import type { ExpectedTenant } from "./expected-tenant.ts";

export interface CreateJourneyDeps {
  readonly consents: Pick<ConsentStore, "create">;
  readonly consentLinks: Pick<ConsentLinks, "hash" | "idOf">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export interface NewJourney {
  readonly accountId: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly requestedBy: Person;
  /** The conversation (1:1) in which the consent card is shown. */
  readonly conversationId: string;
  /** Who alone may consent; null: whoever signs in, and the requester confirms it. */
  readonly expected: ExpectedTenant | null;
  /** The expected tenant is linked already; absent: it is to be linked. */
  readonly purpose?: "again";
}

/** Stores a new journey with its audit row: a link that ends after 7 days, of which only the SHA-256 of the id is kept. */
export async function createJourney(deps: CreateJourneyDeps, input: NewJourney): Promise<ConsentJourney> {
  const journey = newJourney(deps, input);
  const audit = journeyAudit(deps, journey, {
    verb: "consent.begin",
    actor: personActor(input.requestedBy),
    after: begunWords(input),
    where: input.conversationId,
  });
  await deps.consents.create(journey, { ...audit, before: null });
  return journey;
}

function begunWords({ expected, purpose }: NewJourney): string {
  if (expected === null) return "no domain given";
  return purpose === "again"
    ? `consent again by ${expected.domain ?? expected.tenantId}`
    : `expects ${expected.domain ?? expected.tenantId}`;
}

function newJourney(deps: CreateJourneyDeps, input: NewJourney): ConsentJourney {
  const id = deps.randomness.id();
  const now = deps.clock.now();
  const expiresAt = shift(now, LINK_LIFETIME);
  return {
    accountId: input.accountId,
    id,
    ...(input.purpose === undefined ? {} : { purpose: input.purpose }),
    organizationId: input.organization.id,
    organizationName: input.organization.name,
    requestedBy: input.requestedBy,
    conversationId: input.conversationId,
    cardActivityId: null,
    linkHash: deps.consentLinks.hash(deps.consentLinks.idOf(id)),
    expectedDomain: input.expected?.domain ?? null,
    expectedTenantId: input.expected?.tenantId ?? null,
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
