import type { Breakdown } from "../domain/breakdown.ts";
import type { Instant } from "../domain/instant.ts";
import type { TenantState, Trouble } from "../domain/tenant-link.ts";

/** A tenant's state and why, after a call to it broke down. */
export interface TenantTrouble {
  readonly state: Exclude<TenantState, "connected" | "paused">;
  readonly trouble: Trouble;
}

/**
 * What a breakdown says of a tenant; null where it says nothing (throttled, or our own store). A failing credential is
 * ours and every tenant's: it never counts as a revoked consent. `since` is `now`: who stores it keeps an earlier one of
 * the same state.
 */
export function troubleOf(breakdown: Breakdown, now: Instant): TenantTrouble | null {
  const found = sentenceOf(breakdown.code);
  if (found === null) return null;
  return { state: found.state, trouble: { sentence: found.sentence, detail: breakdown.detail, since: now } };
}

function sentenceOf(code: Breakdown["code"]): { state: TenantTrouble["state"]; sentence: string } | null {
  switch (code) {
    case "throttled":
    case "store-unavailable":
    case "conflict":
      return null;
    case "not-answering":
      return {
        state: "notAnswering",
        sentence: "Microsoft does not answer for this tenant. It is tried again by itself.",
      };
    case "unreadable-answer":
      return {
        state: "notAnswering",
        sentence: "Microsoft's answer for this tenant cannot be read. It is tried again by itself.",
      };
    case "not-found":
    case "refused":
      return {
        state: "notAnswering",
        sentence: "Microsoft refuses to give this tenant's alerts. It is tried again by itself.",
      };
    case "tenant-unknown":
      return {
        state: "notAnswering",
        sentence: "Microsoft does not know this tenant any more. Was it deleted or moved?",
      };
    case "permission-missing":
      return {
        state: "permissionsMissing",
        sentence: "A permission that is needed to read alerts is not granted. Ask the tenant's admin to consent again.",
      };
    case "unauthorized":
    case "consent-missing":
      return {
        state: "consentRevoked",
        sentence:
          "The tenant's consent is gone, or the app was disabled there. Ask the tenant's admin to consent again.",
      };
    case "defender-not-available":
      return {
        state: "defenderNotAvailable",
        sentence: "Defender for Endpoint does not answer in this tenant. Is it subscribed to?",
      };
    case "credential-failing":
      return {
        state: "credentialFailing",
        sentence:
          "Microsoft does not accept Watchdesk's own credential. The operator must renew it; the tenant has nothing to do.",
      };
  }
}
