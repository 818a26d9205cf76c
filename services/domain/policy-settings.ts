import type { Severity } from "./alert.ts";
import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/** What decides auto-resolve, at account level and per tenant. */
export interface PolicySettings {
  readonly autoResolve: boolean;
  readonly comment: boolean;
  /** Alerts up to and including this severity are auto-resolved. */
  readonly upToSeverity: Severity;
  /** Graph `serviceSource` values whose alerts may be auto-resolved. */
  readonly sources: readonly string[];
  /** Not resolved while any evidence is active, unremediated or pendingApproval. */
  readonly holdWhileActive: boolean;
}

export type SettingName = keyof PolicySettings;

/** A value somebody set, with who and when. */
export interface SetValue<Value> {
  readonly value: Value;
  readonly setBy: Person;
  readonly setAt: Instant;
}

/** What is set on one level; an absent name is inherited. */
export type LevelSettings = { readonly [Name in SettingName]?: SetValue<PolicySettings[Name]> };

/** Where settings live: an account's (tenantId null) or one tenant's. */
export interface SettingsLevel {
  readonly accountId: string;
  readonly tenantId: string | null;
}

/** Where an effective value comes from; `by` and `at` are null for a default. */
export interface SettingOrigin {
  readonly level: "default" | "account" | "tenant";
  readonly by: string | null;
  readonly at: Instant | null;
}

export type EffectiveSettings = {
  readonly [Name in SettingName]: { readonly value: PolicySettings[Name]; readonly origin: SettingOrigin };
};
