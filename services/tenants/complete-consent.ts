import { aadstsEntry } from "../domain/aadsts-book.ts";
import type { Account } from "../domain/account.ts";
import { type ConsentJourney, mustBeConfirmed } from "../domain/consent-journey.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore } from "../ports/stores.ts";
import { changeJourney, type JourneyDecision, journeyAudit } from "./change-journey.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { factsOf, type JourneyFacts } from "./follow-consent-link.ts";
import { type LegKeys, useLeg } from "./use-leg.ts";

export interface CompleteConsentDeps {
  readonly consents: Pick<ConsentStore, "findByState" | "update">;
  readonly consentLinks: ConsentLinks;
  readonly accounts: readonly Account[];
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** The query of Microsoft's consent answer: plain text that anybody can write. */
export type ConsentAnsweredInput = LegKeys & {
  readonly tenant: string | null;
  readonly adminConsent: string | null;
  readonly error: string | null;
  readonly errorDescription: string | null;
};

export type ConsentAnsweredOutcome =
  /** `confirmsInChat`: the requester is asked whether it is the right tenant before it is stored. */
  | { readonly kind: "granted"; readonly facts: JourneyFacts; readonly confirmsInChat: boolean }
  | { readonly kind: "declined"; readonly facts: JourneyFacts; readonly sentence: string; readonly linkUrl: string }
  /** The tenant was removed while the prompt was open: nothing was changed. */
  | { readonly kind: "removed"; readonly facts: JourneyFacts }
  /** The state is unknown, used, late, of another browser, or of another tenant than the answer's: nothing was changed. */
  | { readonly kind: "notUsable" };

/**
 * Takes the answer of Microsoft's consent prompt. It is believed only with a state that was given to this browser for
 * exactly this tenant, and even then it is only the reason to look: advance-consent asks Microsoft what was granted.
 * State and answer are stored together, so that a crash loses neither.
 */
export async function consentAnswered(
  deps: CompleteConsentDeps,
  input: ConsentAnsweredInput,
): Promise<ConsentAnsweredOutcome> {
  const stateHash = deps.consentLinks.hash(input.state);
  const decided = await changeJourney(deps, {
    read: () => deps.consents.findByState(stateHash),
    decide: (found) => decide(deps, found, input),
  });
  if (decided === null) return { kind: "notUsable" };
  if (decided.outcome.kind !== "notUsable") deps.queue.add({ kind: "advance-consent", journeyId: decided.journeyId });
  return decided.outcome;
}

type Decision = JourneyDecision<{ journeyId: string; outcome: ConsentAnsweredOutcome }>;

function decide(deps: CompleteConsentDeps, found: ConsentJourney, input: ConsentAnsweredInput): Decision {
  const now = deps.clock.now();
  const { journey, verdict } = useLeg(deps, { journey: found, kind: "consent", keys: input, now });
  const facts = factsOf(deps.accounts, found);
  const told = (outcome: ConsentAnsweredOutcome) => ({ journeyId: found.id, outcome });
  const row = (verb: string, after: string) => journeyAudit(deps, found, { verb, actor: { kind: "watchdesk" }, after });
  const rejected = (why: string): Decision => {
    const audit = row("consent.reject-answer", `consent answer not usable: ${why}`);
    return { store: { journey, audit }, outcome: told({ kind: "notUsable" }) };
  };
  if (verdict.kind === "bad" && verdict.why === "ended" && found.state === "removed" && facts !== null) {
    const audit = row("consent.reject-answer", "consent answer not usable: tenant removed");
    return { store: { journey, audit }, outcome: told({ kind: "removed", facts }) };
  }
  if (verdict.kind === "bad") return rejected(verdict.why);
  const { tenantId } = verdict.leg;
  if (facts === null || tenantId === null) return rejected("unknown");
  // Looked at first: Microsoft sends admin_consent=True with errors as well.
  if (input.error !== null) {
    const sentence = declineSentence(input.error, input.errorDescription);
    const declined = { ...journey, state: "declined" as const, explanation: sentence, dueAt: now };
    const outcome = told({ kind: "declined", facts, sentence, linkUrl: deps.consentLinks.urlOf(found.id) });
    return { store: { journey: declined, audit: row("consent.decline", sentence) }, outcome };
  }
  if (input.tenant?.toLowerCase() !== tenantId.toLowerCase()) return rejected("otherTenant");
  if (input.adminConsent?.toLowerCase() !== "true") return rejected("noConsent");
  const name = journey.expectedDomain ?? tenantId;
  const granted: ConsentJourney = {
    ...journey,
    state: "granted",
    explanation: null,
    grantedAt: now,
    tenant: { id: tenantId, name, domain: name },
    legs: [],
    dueAt: now,
  };
  return {
    store: { journey: granted, audit: row("consent.grant", `Microsoft says that ${tenantId} consented`) },
    outcome: told({ kind: "granted", facts, confirmsInChat: mustBeConfirmed(journey, tenantId) }),
  };
}

function declineSentence(error: string, description: string | null): string {
  // Of what the browser brought only a code is ever shown.
  const code = /AADSTS\d{4,8}/.exec(`${error} ${description ?? ""}`)?.[0] ?? null;
  switch (code) {
    case null:
    case "AADSTS65004":
      return "The permissions were declined at Microsoft. Open the link again to go on.";
    case "AADSTS90094":
    case "AADSTS90095":
      return `Microsoft asks for an administrator (${code}). Open the link again as Global Administrator or Privileged Role Administrator.`;
    case "AADSTS650052":
      return "Microsoft says that the tenant has not subscribed to a service that is asked for (AADSTS650052), most likely Defender for Endpoint.";
    default: {
      const known = aadstsEntry(code);
      if (known === null)
        return `Microsoft did not grant the permissions (${code}). Open the link again to try once more.`;
      return `Microsoft did not grant the permissions (${code}). ${known.sentence}`;
    }
  }
}
