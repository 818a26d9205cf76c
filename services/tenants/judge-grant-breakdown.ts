import type { Breakdown } from "../domain/breakdown.ts";
import { type Instant, MINUTE, SECOND } from "../domain/instant.ts";
import { troubleOf } from "./tenant-trouble.ts";

/** What a breakdown means while a consent that was just given is looked for. */
export type GrantBreakdown =
  /** It says nothing of Microsoft's side: our own store. */
  | { readonly kind: "notOfTenant" }
  /** There is no consent, and time enough has passed. */
  | { readonly kind: "noConsent"; readonly sentence: string }
  /** Looked at again after so long; `sentence` says why, null: nothing that has to be said yet. */
  | { readonly kind: "later"; readonly milliseconds: number; readonly sentence: string | null };

const OUR_CREDENTIAL =
  "Microsoft does not accept Watchdesk's own credential. The operator must renew it; the tenant has nothing to do.";
const SOON = 5 * SECOND;
const LATER = MINUTE;

/** Judges a breakdown after Microsoft said that a tenant consented; `patient` while that may still have to spread. Pure. */
export function judgeGrantBreakdown(input: { breakdown: Breakdown; patient: boolean; now: Instant }): GrantBreakdown {
  const { breakdown, patient, now } = input;
  const trouble = troubleOf(breakdown, now);
  const ours = breakdown.code === "credential-failing";
  if (trouble === null && breakdown.code !== "throttled" && !ours) return { kind: "notOfTenant" };
  const lasting =
    trouble?.state === "consentRevoked" || breakdown.code === "tenant-unknown" || breakdown.code === "consent-missing";
  if (lasting && !patient) {
    const detail = breakdown.detail === null ? "" : ` (${breakdown.detail})`;
    const sentence = `Microsoft shows no consent of this tenant, 10 minutes after it was given${detail}.`;
    return { kind: "noConsent", sentence };
  }
  const milliseconds = Math.max(breakdown.retryAfterMs ?? 0, patient ? SOON : LATER);
  // A consent takes Microsoft a moment to carry everywhere; only what will not heal by itself is said at once.
  const sentence = ours ? OUR_CREDENTIAL : patient ? null : (trouble?.trouble.sentence ?? null);
  return { kind: "later", milliseconds, sentence };
}
