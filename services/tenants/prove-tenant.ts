import type { Account } from "../domain/account.ts";
import type { Actor } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { ConsentJourney, ConsentLeg } from "../domain/consent-journey.ts";
import { shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { SignedIn, SignIn } from "../ports/sign-in.ts";
import type { ConsentStore, LinkStore } from "../ports/stores.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import { changeJourney, type JourneyDecision, journeyAudit } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { consentStage, LEG_LIFETIME } from "./consent-stage.ts";
import { factsOf, type JourneyFacts, withLeg } from "./follow-consent-link.ts";
import { judgeSignIn, needsProof } from "./judge-sign-in.ts";
import { type RefusalReason, refusalOf } from "./refusal.ts";
import { type LegKeys, useLeg } from "./use-leg.ts";

export interface ProveTenantDeps {
  readonly consents: Pick<ConsentStore, "get" | "findByState" | "openForTenant" | "update">;
  readonly links: Pick<LinkStore, "findByTenant">;
  readonly directory: Pick<TenantDirectory, "grantedRoles">;
  readonly signIn: Pick<SignIn, "redeem" | "adminConsentUrl">;
  readonly consentLinks: ConsentLinks;
  readonly accounts: readonly Account[];
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Told when Entra refuses our own credential; no tenant is known yet. */
  readonly credentialRefused: (tenantId: null, breakdown: Breakdown) => Promise<void>;
}

export type SignedInInput = LegKeys & { readonly answer: { readonly code: string } | SignInError };

/** What Microsoft sent in place of a code; plain text that anybody can write. */
interface SignInError {
  readonly error: string;
  readonly errorDescription: string | null;
}

export type SignedInOutcome =
  | {
      readonly kind: "proved";
      readonly facts: JourneyFacts;
      readonly tenantId: string;
      readonly signInName: string | null;
      /** Microsoft's consent prompt for exactly this tenant; it is announced before it comes. */
      readonly adminConsentUrl: string;
    }
  | {
      readonly kind: "refused";
      readonly reason: RefusalReason;
      readonly sentence: string;
      readonly facts: JourneyFacts;
      readonly linkUrl: string;
    }
  /** The tenant was removed while the sign-in was open: nothing was changed. */
  | { readonly kind: "removed"; readonly facts: JourneyFacts }
  /** The state is unknown, used, late, of another browser, or its journey has ended: nothing was changed. */
  | { readonly kind: "notUsable" };

/**
 * Takes the answer of Microsoft's sign-in. The state is used up first, whatever follows. Leads on to the consent prompt
 * of the tenant that the validated id token names, if an admin of that tenant signed in and it is free. Throws Breakdown
 * where Microsoft does not answer: then the link is to be opened again.
 */
export async function signedIn(deps: ProveTenantDeps, input: SignedInInput): Promise<SignedInOutcome> {
  const used = await useSignInLeg(deps, input);
  const facts = used === null ? null : factsOf(deps.accounts, used.journey);
  if (used === null || facts === null) return { kind: "notUsable" };
  const { journey, leg } = used;
  if (leg === null) return { kind: "removed", facts };
  if ("error" in input.answer) {
    // Of what the browser brought only a code is ever shown. AADSTS65004: somebody said no.
    const aadsts = /AADSTS\d{4,8}/.exec(`${input.answer.error} ${input.answer.errorDescription ?? ""}`)?.[0] ?? null;
    const cancelled = aadsts === null || aadsts === "AADSTS65004";
    return refuse(deps, journey, { reason: cancelled ? "signInCancelled" : "signInFailed", who: null, aadsts });
  }
  const redeemed = await redeem(deps, input.answer.code, leg);
  if (redeemed.kind === "refused") return refuse(deps, journey, { reason: "signInRefused", who: null });
  const { who } = redeemed;
  const early = await judgeSignIn(deps, { journey, who });
  if (early !== null) return refuse(deps, journey, { reason: early, who });

  const state = deps.randomness.secret();
  const consentLeg = {
    kind: "consent" as const,
    stateHash: deps.consentLinks.hash(state),
    cookieHash: leg.cookieHash,
    nonce: null,
    codeVerifier: null,
    tenantId: who.tenantId,
  };
  if (!(await storeProof(deps, { journeyId: journey.id, leg: consentLeg, who }))) return { kind: "notUsable" };
  // Looked for only now that this attempt can be seen itself: of two at once, at least one sees the other.
  if (who.directoryRoles === null && needsProof(journey) && (await othersFor(deps, journey, who.tenantId))) {
    return refuse(deps, journey, { reason: "anotherAttempt", who });
  }
  const adminConsentUrl = deps.signIn.adminConsentUrl({ tenantId: who.tenantId, state });
  return { kind: "proved", facts, tenantId: who.tenantId, signInName: who.signInName, adminConsentUrl };
}

async function redeem(deps: ProveTenantDeps, code: string, leg: ConsentLeg) {
  try {
    return await deps.signIn.redeem({ code, nonce: leg.nonce ?? "", codeVerifier: leg.codeVerifier ?? "" });
  } catch (cause) {
    if (cause instanceof Breakdown && cause.code === "credential-failing") await deps.credentialRefused(null, cause);
    throw cause;
  }
}

async function useSignInLeg(deps: ProveTenantDeps, keys: LegKeys) {
  const stateHash = deps.consentLinks.hash(keys.state);
  return changeJourney(deps, {
    read: () => deps.consents.findByState(stateHash),
    decide: (found): JourneyDecision<{ journey: ConsentJourney; leg: ConsentLeg | null } | null> => {
      const { journey, verdict } = useLeg(deps, { journey: found, kind: "signIn", keys, now: deps.clock.now() });
      if (verdict.kind === "good") return { store: { journey }, outcome: { journey, leg: verdict.leg } };
      const audit = journeyAudit(deps, found, {
        verb: "consent.reject-answer",
        actor: { kind: "watchdesk" },
        after: `sign-in answer not usable: ${verdict.why}`,
      });
      const removed = verdict.why === "ended" && found.state === "removed";
      return { store: { journey, audit }, outcome: removed ? { journey, leg: null } : null };
    },
  });
}

async function storeProof(
  deps: ProveTenantDeps,
  input: { journeyId: string; leg: Omit<ConsentLeg, "expiresAt">; who: SignedIn },
): Promise<boolean> {
  const stored = await changeJourney(deps, {
    read: () => deps.consents.get(input.journeyId),
    decide: (journey): JourneyDecision<boolean> => {
      const now = deps.clock.now();
      if (consentStage(journey, now) !== "live") return { store: null, outcome: false };
      const { tenantId } = input.who;
      // Its name is not known before the consent; until then the domain that was typed in, or the id, stands for it.
      const name = journey.expectedDomain ?? tenantId;
      const proved = {
        ...journey,
        tenant: { id: tenantId, name, domain: name },
        legs: withLeg(journey.legs, { ...input.leg, expiresAt: shift(now, LEG_LIFETIME) }, now),
      };
      const after = `signed in to ${tenantId}${input.who.directoryRoles === null ? ", roles not told" : " as an admin"}`;
      const audit = journeyAudit(deps, proved, { verb: "consent.sign-in", actor: actorOf(input.who), after });
      return { store: { journey: proved, audit }, outcome: true };
    },
  });
  return stored === true;
}

async function othersFor(deps: ProveTenantDeps, journey: ConsentJourney, tenantId: string): Promise<boolean> {
  const now = deps.clock.now();
  return (await deps.consents.openForTenant(tenantId)).some(
    (item) => item.id !== journey.id && consentStage(item, now) !== "expired",
  );
}

async function refuse(
  deps: ProveTenantDeps,
  { id }: ConsentJourney,
  input: { reason: RefusalReason; who: SignedIn | null; aadsts?: string | null },
): Promise<SignedInOutcome> {
  const outcome = await changeJourney(deps, {
    read: () => deps.consents.get(id),
    decide: (journey): JourneyDecision<SignedInOutcome> => {
      const facts = factsOf(deps.accounts, journey);
      const now = deps.clock.now();
      if (facts === null || consentStage(journey, now) !== "live")
        return { store: null, outcome: { kind: "notUsable" } };
      const { state, sentence } = refusalOf(input.reason, journey.expectedDomain, input.aadsts ?? null);
      const refused = { ...journey, state, explanation: sentence, tenant: null, dueAt: now };
      const legs = journey.legs.filter((leg) => leg.kind === "signIn" || leg.tenantId !== input.who?.tenantId);
      const actor: Actor = input.who === null ? { kind: "watchdesk" } : actorOf(input.who);
      const audit = journeyAudit(deps, journey, { verb: "consent.refuse", actor, after: input.reason });
      const linkUrl = deps.consentLinks.urlOf(id);
      return {
        store: { journey: { ...refused, legs }, audit },
        outcome: { kind: "refused", reason: input.reason, sentence, facts, linkUrl },
      };
    },
  });
  deps.queue.add({ kind: "advance-consent", journeyId: id });
  return outcome ?? { kind: "notUsable" };
}

function actorOf(who: SignedIn): Actor {
  return { kind: "person", id: who.objectId, name: who.signInName ?? who.objectId };
}
