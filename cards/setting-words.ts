import { DEFENDER_FOR_ENDPOINT, type Severity } from "../services/domain/alert.ts";
import type { SettingOrigin } from "../services/domain/policy-settings.ts";
import { inertText } from "./plain-text.ts";
import { severityWords } from "./severity-words.ts";
import { dayWords } from "./time-words.ts";

const LEVELS: Readonly<Record<SettingOrigin["level"], string>> = {
  default: "default",
  account: "account setting",
  tenant: "tenant setting",
};

const SOURCES: Readonly<Record<string, string>> = {
  [DEFENDER_FOR_ENDPOINT]: "Defender for Endpoint",
  microsoftDefenderForIdentity: "Defender for Identity",
  microsoftDefenderForCloudApps: "Defender for Cloud Apps",
  microsoftDefenderForOffice365: "Defender for Office 365",
  microsoft365Defender: "Microsoft 365 Defender",
  azureAdIdentityProtection: "Entra ID Protection",
  microsoftAppGovernance: "App governance",
  dataLossPrevention: "Data loss prevention",
  microsoftDefenderForCloud: "Defender for Cloud",
  microsoftSentinel: "Microsoft Sentinel",
};

/** "account setting", "tenant setting" or "default". */
export function levelWords(origin: SettingOrigin): string {
  return LEVELS[origin.level];
}

/** Where a value comes from, with who set it and when: "account setting, set by Priya Nair on 3 May". */
export function originWords(origin: SettingOrigin): string {
  if (origin.by === null) return levelWords(origin);
  const by = `set by ${inertText(origin.by, 60)}`;
  return `${levelWords(origin)}, ${origin.at === null ? by : `${by} on ${dayWords(origin.at)}`}`;
}

/** "on" or "off". */
export function switchWords(on: boolean): "on" | "off" {
  return on ? "on" : "off";
}

/** "all severities", or the highest one that is auto-resolved. */
export function limitWords(limit: Severity): string {
  return limit === "high" ? "all severities" : `up to ${severityWords(limit).word}`;
}

/** The products whose alerts are auto-resolved, by their names. */
export function sourcesWords(sources: readonly string[]): string {
  if (sources.length === 0) return "no source";
  const names = sources.slice(0, 12).map((source) => SOURCES[source] ?? inertText(source, 40));
  if (sources.length >= 4) return `${names[0]} and ${sources.length - 1} other sources`;
  return sources.length === 1 ? `${names[0]} only` : names.join(", ");
}
