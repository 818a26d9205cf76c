import type { BreakdownCode } from "../domain/breakdown.ts";

interface AadstsMeaning {
  readonly code: BreakdownCode;
  /** What it means, for people. */
  readonly sentence: string;
  /** Who can mend it; null where waiting does. */
  readonly actor: "customer's admin" | "operator" | null;
  readonly retryable: boolean;
}

const consent = (sentence: string, retryable = false): AadstsMeaning => ({
  code: "consent-missing",
  sentence,
  actor: "customer's admin",
  retryable,
});
const ours = (sentence: string, retryable = false): AadstsMeaning => ({
  code: "credential-failing",
  sentence,
  actor: "operator",
  retryable,
});
const tenant = (sentence: string, actor: "customer's admin" | "operator"): AadstsMeaning => ({
  code: "tenant-unknown",
  sentence,
  actor,
  retryable: false,
});
const noDefender = (sentence: string): AadstsMeaning => ({
  code: "defender-not-available",
  sentence,
  actor: "customer's admin",
  retryable: false,
});
const passing: AadstsMeaning = {
  code: "not-answering",
  sentence: "Microsoft sign-in has a passing fault.",
  actor: null,
  retryable: true,
};

const DISABLED = "The app is switched off in the tenant.";
const NEVER_OR_WITHDRAWN = "The tenant has not consented to the app, or the consent was withdrawn.";
const WRONG_CLOUD = "The tenant lives in another Microsoft cloud than the setting CLOUD names.";
const REGISTRATION = "The app's registration is wrong.";

// microsoft.md 2.7. The codes are for diagnosis and may change: what is not listed is judged by the `error` field.
const MEANINGS: Readonly<Record<string, AadstsMeaning>> = {
  AADSTS70001: consent(DISABLED),
  AADSTS7000112: consent(DISABLED),
  AADSTS700016: consent(NEVER_OR_WITHDRAWN),
  AADSTS7000229: consent(NEVER_OR_WITHDRAWN),
  AADSTS65001: consent(NEVER_OR_WITHDRAWN),
  AADSTS65004: consent("The consent was declined."),
  AADSTS650051: consent("The consent has not reached all of Microsoft yet.", true),
  AADSTS90094: consent("An administrator has to consent."),
  AADSTS90095: consent("An administrator has to consent; a request for it was made."),
  AADSTS500011: noDefender("The tenant has no Defender for Endpoint."),
  AADSTS650052: noDefender("The tenant has not subscribed to Defender for Endpoint, or not enabled it."),
  AADSTS650056: ours(REGISTRATION),
  AADSTS650057: ours(REGISTRATION),
  AADSTS7000215: ours("Our client secret is not the app's."),
  AADSTS7000222: ours("Our client secret has expired."),
  AADSTS700027: ours("Our certificate is not accepted; after a change of certificate this can pass.", true),
  AADSTS90002: tenant("Microsoft knows no such tenant in this cloud.", "operator"),
  AADSTS90038: tenant(WRONG_CLOUD, "operator"),
  AADSTS900382: tenant(WRONG_CLOUD, "operator"),
  AADSTS900432: tenant(WRONG_CLOUD, "operator"),
  AADSTS5000224: tenant("The tenant is not there any more.", "customer's admin"),
  AADSTS900023: tenant("The tenant is not available.", "customer's admin"),
  AADSTS53003: {
    code: "refused",
    sentence: "A Conditional Access policy of the tenant blocks the app.",
    actor: "customer's admin",
    retryable: false,
  },
  AADSTS90006: passing,
  AADSTS90024: passing,
  AADSTS90033: passing,
  AADSTS90090: passing,
};

/** What one of Entra's codes ("AADSTS700016") means to us; null for those we have no reading of. */
export function aadstsMeaning(code: string): AadstsMeaning | null {
  return Object.hasOwn(MEANINGS, code) ? (MEANINGS[code] ?? null) : null;
}
