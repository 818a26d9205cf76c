import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import { shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore, LinkStore } from "../ports/stores.ts";
import { changeJourney, type JourneyDecision, journeyAudit, personActor } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { type ConsentStage, consentStage, LINK_LIFETIME } from "./consent-stage.ts";

export interface DecideInChatDeps {
  readonly consents: Pick<ConsentStore, "get" | "update">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export interface RenewLinkDeps extends DecideInChatDeps {
  readonly consents: Pick<ConsentStore, "get" | "open" | "update">;
  readonly links: Pick<LinkStore, "get" | "findByOrganization">;
  readonly consentLinks: ConsentLinks;
}

export interface ChatDecision {
  /** The account of whoever decides: a journey of another one does not exist for them. */
  readonly accountId: string;
  readonly journeyId: string;
  readonly by: Person;
  readonly where: string | null;
}

interface Missing {
  readonly kind: "missing";
}

/** Somebody else was first, or time has passed: the journey as it is now says what holds. */
interface NotNow {
  readonly kind: "notNow";
  readonly stage: ConsentStage;
  readonly journey: ConsentJourney;
}

export type ConfirmTenantOutcome = { readonly kind: "confirmed"; readonly journey: ConsentJourney } | Missing | NotNow;
export type RejectTenantOutcome = { readonly kind: "rejected"; readonly journey: ConsentJourney } | Missing | NotNow;
export type CancelJourneyOutcome = { readonly kind: "cancelled"; readonly journey: ConsentJourney } | Missing | NotNow;
export type RenewLinkOutcome =
  | { readonly kind: "renewed"; readonly journey: ConsentJourney; readonly consentUrl: string }
  | { readonly kind: "organizationHasTenant"; readonly tenantName: string }
  /** The tenant that was to consent again is not linked any more. */
  | { readonly kind: "tenantGone"; readonly tenantId: string }
  /** A newer link of the same kind is open: that one is to be used. */
  | { readonly kind: "replaced" }
  | Missing
  | NotNow;

/** Says that the tenant that consented is the right one: it is linked next. `tenantId` is what the person was shown. */
export async function confirmTenant(
  deps: DecideInChatDeps,
  input: ChatDecision & { tenantId: string },
): Promise<ConfirmTenantOutcome> {
  return decide(deps, input, (journey, notNow) => {
    const { tenant } = journey;
    if (notNow.stage !== "underWay" || journey.state !== "awaitingConfirmation") return notNow;
    if (tenant === null || tenant.id !== input.tenantId) return notNow;
    const next = { ...journey, state: "granted" as const, explanation: null, confirmedTenantId: tenant.id };
    return { kind: "confirmed", verb: "consent.confirm", after: tenant.id, next };
  });
}

/** Says that the tenant that consented is the wrong one: nothing is linked, and the link can be opened again. */
export async function rejectTenant(deps: DecideInChatDeps, input: ChatDecision): Promise<RejectTenantOutcome> {
  return decide(deps, input, (journey, notNow) => {
    const { tenant } = journey;
    if (notNow.stage !== "underWay" || journey.state !== "awaitingConfirmation") return notNow;
    if (tenant === null) return notNow;
    const explanation = `${input.by.name} said that ${tenant.name} (${tenant.domain}) is not the right tenant. Nothing was connected; its admin can withdraw the consent in Entra, under Enterprise applications.`;
    const next = { ...journey, state: "wrongTenant" as const, explanation, tenant: null, grantedAt: null };
    return { kind: "rejected", verb: "consent.reject", after: tenant.id, next };
  });
}

/** Ends a journey before its tenant is linked; its link leads nowhere from then on. */
export async function cancelJourney(deps: DecideInChatDeps, input: ChatDecision): Promise<CancelJourneyOutcome> {
  return decide(deps, input, (journey, notNow) => {
    const open = notNow.stage === "live" || (notNow.stage === "underWay" && journey.state === "awaitingConfirmation");
    if (!open) return notNow;
    const explanation = `Cancelled by ${input.by.name}.`;
    const next = { ...journey, state: "cancelled" as const, explanation, legs: [] };
    return { kind: "cancelled", verb: "consent.cancel", after: "cancelled", next };
  });
}

/** Gives a link that waits, expired or failed another 7 days. The link itself stays the same. */
export async function renewLink(deps: RenewLinkDeps, input: ChatDecision): Promise<RenewLinkOutcome> {
  const stored = await deps.consents.get(input.journeyId);
  if (stored === null || stored.value.accountId !== input.accountId) return { kind: "missing" };
  const obstacle = await renewalObstacle(deps, stored.value);
  if (obstacle !== null) return obstacle;
  const outcome = await decide(deps, input, (journey, notNow) => {
    if (notNow.stage !== "live" && notNow.stage !== "expired" && notNow.stage !== "failed") return notNow;
    const expiresAt = shift(deps.clock.now(), LINK_LIFETIME);
    const begin = { state: "waiting" as const, explanation: null, openedAt: null, grantedAt: null, tenant: null };
    // Another one only where our secret has changed since.
    const linkHash = deps.consentLinks.hash(deps.consentLinks.idOf(journey.id));
    const next = { ...journey, ...begin, confirmedTenantId: null, legs: [], expiresAt, linkHash };
    return { kind: "renewed" as const, verb: "consent.renew", after: expiresAt, next };
  });
  if (outcome.kind !== "renewed") return outcome;
  return { ...outcome, consentUrl: deps.consentLinks.urlOf(input.journeyId) };
}

/** One open link per organization without a tenant, and one per tenant that is asked to consent again. */
async function renewalObstacle(
  deps: RenewLinkDeps,
  journey: ConsentJourney,
): Promise<Extract<RenewLinkOutcome, { kind: "organizationHasTenant" | "tenantGone" | "replaced" }> | null> {
  const { accountId, organizationId, expectedTenantId } = journey;
  const again = asksAgain(journey);
  if (again) {
    const scope = { accountId, tenantId: expectedTenantId ?? "" };
    if ((await deps.links.get(scope)) === null) return { kind: "tenantGone", tenantId: scope.tenantId };
  } else {
    const link = await deps.links.findByOrganization(accountId, organizationId);
    if (link !== null) return { kind: "organizationHasTenant", tenantName: link.tenantName };
  }
  const others = (await deps.consents.open(accountId)).filter((item) => item.id !== journey.id);
  const isSame = (item: ConsentJourney) =>
    again ? item.expectedTenantId === expectedTenantId : item.organizationId === organizationId;
  return others.some((item) => asksAgain(item) === again && isSame(item)) ? { kind: "replaced" } : null;
}

interface Decided<Kind> {
  readonly kind: Kind;
  readonly verb: string;
  readonly after: string;
  readonly next: ConsentJourney;
}

async function decide<Kind extends string>(
  deps: DecideInChatDeps,
  input: ChatDecision,
  rule: (journey: ConsentJourney, notNow: NotNow) => Decided<Kind> | NotNow,
): Promise<{ kind: Kind; journey: ConsentJourney } | Missing | NotNow> {
  type Outcome = { kind: Kind; journey: ConsentJourney } | Missing | NotNow;
  const outcome = await changeJourney(deps, {
    read: () => deps.consents.get(input.journeyId),
    decide: (journey): JourneyDecision<Outcome> => {
      if (journey.accountId !== input.accountId) return { store: null, outcome: { kind: "missing" } };
      const now = deps.clock.now();
      const decided = rule(journey, { kind: "notNow", stage: consentStage(journey, now), journey });
      if (!("verb" in decided)) return { store: null, outcome: decided };
      const next = { ...decided.next, dueAt: now };
      const where = input.where === null ? {} : { where: input.where };
      const step = { verb: decided.verb, actor: personActor(input.by), after: decided.after, ...where };
      const audit = journeyAudit(deps, journey, step);
      return { store: { journey: next, audit }, outcome: { kind: decided.kind, journey: next } };
    },
  });
  deps.queue.add({ kind: "advance-consent", journeyId: input.journeyId });
  return outcome ?? { kind: "missing" };
}
