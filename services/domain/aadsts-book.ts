import type { BreakdownCode } from "./breakdown.ts";
import type { Mender, TenantState } from "./tenant-link.ts";

/** How one of Entra's refusals is read. */
export interface AadstsEntry {
  /** As Entra writes it, such as "AADSTS700016". */
  readonly code: string;
  readonly breakdown: BreakdownCode;
  /** What it makes of the tenant it came from; null where it says nothing of the tenant, for the credential is ours. */
  readonly state: Exclude<TenantState, "connected" | "paused"> | null;
  /** What it means and what helps, for people. */
  readonly sentence: string;
  readonly mender: Mender;
  /** Whether trying again may help without anybody's doing. */
  readonly retryable: boolean;
}

type Reading = Omit<AadstsEntry, "code">;

const consent = (sentence: string): Reading => ({
  breakdown: "consent-missing",
  state: "consentRevoked",
  sentence,
  mender: "customer",
  retryable: false,
});
const ours = (sentence: string, retryable = false): Reading => ({
  breakdown: "credential-failing",
  state: null,
  sentence,
  mender: "operator",
  retryable,
});
const unknownTenant = (sentence: string, mender: Mender): Reading => ({
  breakdown: "tenant-unknown",
  state: "notAnswering",
  sentence,
  mender,
  retryable: false,
});
const noDefender = (sentence: string): Reading => ({
  breakdown: "defender-not-available",
  state: "defenderNotAvailable",
  sentence,
  mender: "customer",
  retryable: false,
});

const SWITCHED_OFF =
  "Watchdesk's enterprise application is switched off in the tenant. An admin there has to enable it for sign-in again.";
const NOT_CONSENTED =
  "The tenant has not consented to Watchdesk, or has taken the consent back. An admin there has to consent again.";
const WRONG_CLOUD =
  "The tenant lives in another Microsoft cloud than the one Watchdesk is set up for. Whoever runs Watchdesk has to look at CLOUD.";
const REGISTRATION =
  "The Defender app's registration is wrong: what it asks for does not fit what Watchdesk asks for. Whoever runs Watchdesk has to compare it with `npm run entra`.";
const PASSING: Reading = {
  breakdown: "not-answering",
  state: "notAnswering",
  sentence: "Microsoft's sign-in has a passing fault. It is tried again by itself.",
  mender: "nobody",
  retryable: true,
};

/*
 * microsoft.md 2.7, from Microsoft's "Microsoft Entra authentication and authorization error codes". The page says that
 * codes may change: what is not listed is judged by the `error` field, and shown as it is.
 */
const READINGS: Readonly<Record<string, Reading>> = {
  AADSTS7000112: consent(SWITCHED_OFF),
  AADSTS70001: consent(SWITCHED_OFF),
  AADSTS700016: consent(NOT_CONSENTED),
  AADSTS7000229: consent(NOT_CONSENTED),
  AADSTS65001: consent(NOT_CONSENTED),
  AADSTS65004: consent("The consent was declined. An admin of the tenant has to open the consent link and accept."),
  AADSTS90094: consent("Only an administrator of the tenant can consent. Have one of them open the consent link."),
  AADSTS90095: consent("An administrator of the tenant has to approve the request for consent that was made there."),
  AADSTS650051: {
    breakdown: "consent-missing",
    state: "notAnswering",
    sentence: "The consent has not reached all of Microsoft yet. It is tried again by itself.",
    mender: "nobody",
    retryable: true,
  },
  AADSTS500011: noDefender(
    "The tenant has no Defender for Endpoint. Once the customer has subscribed to it and set it up, an admin there has to consent again.",
  ),
  AADSTS650052: noDefender(
    "The tenant has not subscribed to Defender for Endpoint, or not enabled it. Once it has, an admin there has to consent again.",
  ),
  AADSTS650056: ours(REGISTRATION),
  AADSTS650057: ours(REGISTRATION),
  AADSTS7000215: ours(
    "The Defender app's secret is not the one that Entra knows. Whoever runs Watchdesk has to set the right one.",
  ),
  AADSTS7000222: ours("The Defender app's secret has expired. Whoever runs Watchdesk has to renew it."),
  AADSTS700027: ours(
    "Entra does not accept the Defender app's certificate. After a change of certificate this can pass; else whoever runs Watchdesk has to renew it.",
    true,
  ),
  AADSTS90002: unknownTenant(
    "Microsoft knows no such tenant in this cloud. Was it deleted, or is CLOUD set wrongly?",
    "operator",
  ),
  AADSTS90038: unknownTenant(WRONG_CLOUD, "operator"),
  AADSTS900382: unknownTenant(WRONG_CLOUD, "operator"),
  AADSTS900432: unknownTenant(WRONG_CLOUD, "operator"),
  AADSTS5000224: unknownTenant(
    "Microsoft says that the tenant is not there any more. Ask the customer, or remove it.",
    "customer",
  ),
  AADSTS900023: unknownTenant(
    "Microsoft says that the tenant is not available. Ask the customer what became of it.",
    "customer",
  ),
  AADSTS53003: {
    breakdown: "refused",
    state: "notAnswering",
    sentence:
      "A Conditional Access policy of the tenant keeps Watchdesk out. An admin there has to leave the app out of it.",
    mender: "customer",
    retryable: false,
  },
  AADSTS90006: PASSING,
  AADSTS90024: PASSING,
  AADSTS90033: PASSING,
  AADSTS90090: PASSING,
};

/** Every code of Entra's that we have a reading of. */
export const AADSTS_BOOK: readonly AadstsEntry[] = Object.entries(READINGS).map(([code, reading]) => ({
  code,
  ...reading,
}));

const BY_CODE: ReadonlyMap<string, AadstsEntry> = new Map(AADSTS_BOOK.map((entry) => [entry.code, entry]));

/** The reading of a breakdown's detail or a code ("AADSTS700016"); null for what is no code of Entra's or not in the book. */
export function aadstsEntry(code: string | null): AadstsEntry | null {
  return code === null ? null : (BY_CODE.get(code) ?? null);
}
