import type { PolicySettings, SettingName } from "../services/domain/policy-settings.ts";
import { limitWords, sourcesWords, switchWords } from "./setting-words.ts";

const NAMES: Readonly<Record<SettingName, string>> = {
  autoResolve: "auto-resolve",
  comment: "comments",
  upToSeverity: "severities",
  sources: "sources",
  holdWhileActive: "hold while the threat is active",
};

/** One changed setting as part of a sentence: "auto-resolve is off", "comments are inherited". */
export function settingChangeWords(change: {
  readonly name: SettingName;
  readonly after: PolicySettings[SettingName] | null;
}): string {
  const plural = NAMES[change.name].endsWith("s") ? "are" : "is";
  return `${NAMES[change.name]} ${plural} ${valueWords(change.name, change.after)}`;
}

function valueWords(name: SettingName, value: PolicySettings[SettingName] | null): string {
  if (value === null) return "inherited";
  if (typeof value === "boolean") return switchWords(value);
  if (name === "upToSeverity" && typeof value === "string") return limitWords(value);
  return typeof value === "string" ? value : sourcesWords(value);
}
