import { DEFENDER_FOR_ENDPOINT } from "../domain/alert.ts";
import type {
  EffectiveSettings,
  LevelSettings,
  PolicySettings,
  SettingName,
  SettingOrigin,
} from "../domain/policy-settings.ts";

/** What holds where nobody set anything: on for every severity, for Defender for Endpoint alone, held while the threat is active. */
export const DEFAULT_SETTINGS: PolicySettings = {
  autoResolve: true,
  comment: true,
  upToSeverity: "high",
  sources: [DEFENDER_FOR_ENDPOINT],
  holdWhileActive: true,
};

/** The setting names in the order people read them. */
export const SETTING_NAMES: readonly SettingName[] = [
  "autoResolve",
  "comment",
  "upToSeverity",
  "sources",
  "holdWhileActive",
];

/** Each setting's value for a tenant and where it comes from: the tenant's own, else the account's, else the default. */
export function effectiveSettings(account: LevelSettings, tenant: LevelSettings): EffectiveSettings {
  return {
    autoResolve: effective("autoResolve", account, tenant),
    comment: effective("comment", account, tenant),
    upToSeverity: effective("upToSeverity", account, tenant),
    sources: effective("sources", account, tenant),
    holdWhileActive: effective("holdWhileActive", account, tenant),
  };
}

function effective<Name extends SettingName>(name: Name, account: LevelSettings, tenant: LevelSettings) {
  const own = tenant[name];
  if (own !== undefined) return { value: own.value, origin: origin("tenant", own) };
  const inherited = account[name];
  if (inherited !== undefined) return { value: inherited.value, origin: origin("account", inherited) };
  return { value: DEFAULT_SETTINGS[name], origin: { level: "default" as const, by: null, at: null } };
}

function origin(
  level: "account" | "tenant",
  set: { readonly setBy: { readonly name: string }; readonly setAt: string },
): SettingOrigin {
  return { level, by: set.setBy.name, at: set.setAt };
}
