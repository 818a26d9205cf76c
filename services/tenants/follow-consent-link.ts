import type { Account } from "../domain/account.ts";
import { asksAgain, type ConsentJourney, type ConsentLeg } from "../domain/consent-journey.ts";
import { type Instant, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { SignIn } from "../ports/sign-in.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { changeJourney, type JourneyDecision, journeyAudit } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { type ConsentStage, consentStage, LEG_LIFETIME, LEG_LIMIT } from "./consent-stage.ts";
import type { ExpectedTenant } from "./expected-tenant.ts";

export interface ShowLinkDeps {
  readonly consents: Pick<ConsentStore, "findByLink">;
  readonly consentLinks: Pick<ConsentLinks, "hash">;
  /** The accounts that may use this bot, with the names that configuration gives them. */
  readonly accounts: readonly Account[];
  readonly clock: Clock;
}

export interface StartSignInDeps extends ShowLinkDeps {
  readonly consents: Pick<ConsentStore, "findByLink" | "update">;
  readonly signIn: Pick<SignIn, "signInUrl">;
  readonly queue: JobQueue;
  readonly randomness: Randomness;
}

/** What a page may say of a journey to whoever holds its link. */
export interface JourneyFacts {
  readonly organizationName: string;
  readonly accountName: string;
  readonly requestedBy: string;
  readonly expectedDomain: string | null;
  readonly expiresAt: Instant;
  /** Whether the tenant is connected already and is to consent once more. */
  readonly again: boolean;
}

export type LinkView =
  | { readonly kind: "live"; readonly facts: JourneyFacts }
  | { readonly kind: "over"; readonly stage: Exclude<ConsentStage, "live">; readonly facts: JourneyFacts }
  | { readonly kind: "unknown" };

export type StartSignInOutcome =
  | { readonly kind: "redirect"; readonly redirect: string; readonly cookie: string }
  | Exclude<LinkView, { kind: "live" }>;

/** What the page of a consent link shows. Changes nothing: mail scanners open links. */
export async function showLink(deps: ShowLinkDeps, input: { linkId: string }): Promise<LinkView> {
  const found = await deps.consents.findByLink(deps.consentLinks.hash(input.linkId));
  return found === null ? { kind: "unknown" } : viewOf(deps, found.value);
}

/**
 * Sends a browser to Microsoft's sign-in: from here the link counts as opened. Each visit gets a single-use state, tied to
 * the browser by `cookie` (the one it brought, or a new one), for an hour.
 */
export async function startSignIn(
  deps: StartSignInDeps,
  input: { linkId: string; cookie: string | null },
): Promise<StartSignInOutcome> {
  const cookie = input.cookie ?? deps.randomness.secret();
  const secrets = {
    state: deps.randomness.secret(),
    nonce: deps.randomness.secret(),
    codeVerifier: deps.randomness.secret(),
  };
  const linkHash = deps.consentLinks.hash(input.linkId);
  const decided = await changeJourney(deps, {
    read: () => deps.consents.findByLink(linkHash),
    decide: (journey): JourneyDecision<{ journey: ConsentJourney; outcome: StartSignInOutcome }> => {
      const view = viewOf(deps, journey);
      if (view.kind !== "live") return { store: null, outcome: { journey, outcome: view } };
      const now = deps.clock.now();
      const leg: ConsentLeg = {
        kind: "signIn",
        stateHash: deps.consentLinks.hash(secrets.state),
        cookieHash: deps.consentLinks.hash(cookie),
        nonce: secrets.nonce,
        codeVerifier: secrets.codeVerifier,
        tenantId: null,
        expiresAt: shift(now, LEG_LIFETIME),
      };
      const opened: ConsentJourney = {
        ...journey,
        state: "opened",
        explanation: null,
        openedAt: now,
        legs: withLeg(journey.legs, leg, now),
        dueAt: now,
      };
      const audit = journeyAudit(deps, journey, {
        verb: "consent.open",
        actor: { kind: "watchdesk" },
        after: "the link was followed to Microsoft's sign-in",
      });
      const redirect = deps.signIn.signInUrl({ ...secrets, expected: expectedOf(journey) });
      return {
        store: { journey: opened, audit },
        outcome: { journey, outcome: { kind: "redirect", redirect, cookie } },
      };
    },
  });
  if (decided === null) return { kind: "unknown" };
  if (decided.outcome.kind === "redirect") deps.queue.add({ kind: "advance-consent", journeyId: decided.journey.id });
  return decided.outcome;
}

/** The legs with one more, without those that ended, the newest ten. */
export function withLeg(legs: readonly ConsentLeg[], leg: ConsentLeg, now: Instant): readonly ConsentLeg[] {
  return [...legs.filter((item) => item.expiresAt > now), leg].slice(-LEG_LIMIT);
}

/** What pages may say of this journey; null where its account may not use the bot (any more). */
export function factsOf(accounts: readonly Account[], journey: ConsentJourney): JourneyFacts | null {
  const account = accounts.find((item) => item.id === journey.accountId);
  if (account === undefined) return null;
  return {
    organizationName: journey.organizationName,
    accountName: account.name,
    requestedBy: journey.requestedBy.name,
    expectedDomain: journey.expectedDomain,
    expiresAt: journey.expiresAt,
    again: asksAgain(journey),
  };
}

function viewOf(deps: ShowLinkDeps, journey: ConsentJourney): LinkView {
  const facts = factsOf(deps.accounts, journey);
  if (facts === null) return { kind: "unknown" };
  const stage = consentStage(journey, deps.clock.now());
  return stage === "live" ? { kind: "live", facts } : { kind: "over", stage, facts };
}

function expectedOf({ expectedTenantId, expectedDomain }: ConsentJourney): ExpectedTenant | null {
  return expectedTenantId === null ? null : { tenantId: expectedTenantId, domain: expectedDomain };
}
