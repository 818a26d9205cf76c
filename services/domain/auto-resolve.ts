import type { Instant } from "./instant.ts";
import type { SettingOrigin } from "./policy-settings.ts";

/** Why an alert was left alone by auto-resolve; one sentence each on the card. */
export type NotResolvedReason =
  | "off"
  | "olderThanLink"
  | "alreadyResolved"
  | "taken"
  | "reopened"
  | "classified"
  | "severityAboveLimit"
  | "otherSource"
  | "threatActive"
  | "statusUnknown"
  | "unreadable"
  | "paused";

/** What auto-resolve did with an alert, always shown on its card. */
export type AutoResolveStatus =
  | { readonly kind: "undecided" }
  | { readonly kind: "notResolved"; readonly reason: NotResolvedReason; readonly origin: SettingOrigin }
  /** Written before Defender is asked, so that a crash in between is recognised: `reference` marks our comment. */
  | {
      readonly kind: "pending";
      readonly step: "resolve" | "comment";
      readonly reference: string;
      readonly origin: SettingOrigin;
      readonly since: Instant;
      readonly attempts: number;
      readonly nextTryAt: Instant | null;
      readonly why: string | null;
    }
  | { readonly kind: "resolved"; readonly at: Instant; readonly origin: SettingOrigin; readonly commented: boolean }
  | { readonly kind: "undone"; readonly at: Instant; readonly by: string | null };
