import { type AadstsEntry, aadstsEntry } from "../domain/aadsts-book.ts";
import type { Breakdown } from "../domain/breakdown.ts";
import type { Instant } from "../domain/instant.ts";
import type { Mender, TenantState, Trouble } from "../domain/tenant-link.ts";

/** A tenant's state and why, after a call to it broke down. */
export interface TenantTrouble {
  readonly state: Exclude<TenantState, "connected" | "paused" | "credentialFailing">;
  readonly trouble: Trouble;
}

interface Reading {
  readonly state: TenantTrouble["state"];
  readonly sentence: string;
  readonly mender: Mender;
}

/**
 * What a breakdown says of a tenant; null where it says nothing: throttled, our own store, and our own credential, which
 * is every tenant's and stands in the credential alarm instead. Entra's codes are read by the AADSTS book; a code that is
 * not in it is shown as it is. `since` is `now`: who stores it keeps an earlier one of the same state.
 */
export function troubleOf(breakdown: Breakdown, now: Instant): TenantTrouble | null {
  if (breakdown.code === "credential-failing") return null;
  const entry = aadstsEntry(breakdown.detail);
  const found = entry === null ? codeReading(breakdown) : bookReading(entry);
  if (found === null) return null;
  const { state, sentence, mender } = found;
  return { state, trouble: { sentence, detail: breakdown.detail, since: now, mender } };
}

function bookReading({ state, sentence, mender }: AadstsEntry): Reading | null {
  return state === null || state === "credentialFailing" ? null : { state, sentence, mender };
}

function codeReading({ code, detail }: Breakdown): Reading | null {
  const unread = detail !== null && /^AADSTS\d+$/.test(detail) ? ` Microsoft's reason is ${detail}.` : "";
  const waits = (sentence: string): Reading => ({
    state: "notAnswering",
    sentence: `${sentence}${unread}`,
    mender: "nobody",
  });
  const customer = (state: TenantTrouble["state"], sentence: string): Reading => ({
    state,
    sentence: `${sentence}${unread}`,
    mender: "customer",
  });
  switch (code) {
    case "throttled":
    case "store-unavailable":
    case "conflict":
    case "credential-failing":
      return null;
    case "not-answering":
      return waits("Microsoft does not answer for this tenant. It is tried again by itself.");
    case "unreadable-answer":
      return waits("Microsoft's answer for this tenant cannot be read. It is tried again by itself.");
    case "not-found":
    case "refused":
      return waits("Microsoft refuses to give this tenant's alerts. It is tried again by itself.");
    case "tenant-unknown":
      return customer("notAnswering", "Microsoft does not know this tenant any more. Was it deleted or moved?");
    case "permission-missing":
      return customer(
        "permissionsMissing",
        "A permission that is needed to read alerts is not granted. Ask the tenant's admin to consent again.",
      );
    case "unauthorized":
    case "consent-missing":
      return customer(
        "consentRevoked",
        "The tenant's consent is gone, or the app was disabled there. Ask the tenant's admin to consent again.",
      );
    case "defender-not-available":
      return customer("defenderNotAvailable", DEFENDER_NOT_AVAILABLE);
  }
}

/** What a tenant without a working Defender for Endpoint is told, and what to do. */
export const DEFENDER_NOT_AVAILABLE =
  "Defender for Endpoint does not answer in this tenant: it is not subscribed to, or not set up. Have the customer check its licence and finish the set-up in the Defender portal, then check permissions.";
