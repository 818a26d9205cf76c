import { DEFENDER_FOR_ENDPOINT, SEVERITIES } from "../services/domain/alert.ts";
import type { EffectiveSettings, LevelSettings, SettingName } from "../services/domain/policy-settings.ts";
import { limitWords, originWords, sourcesWords, switchWords } from "./setting-words.ts";

/** One setting as a control, preset to what is set on this level now. */
export type SettingInput = {
  readonly inputId: string;
  readonly label: string;
  readonly origin: string;
  readonly chosen: string;
  readonly choices: readonly { readonly name: string; readonly value: string }[];
};

/** One setting as text, for those who may not change it. */
export type SettingValue = { readonly setting: string; readonly origin: string };

const NAMES: readonly SettingName[] = ["autoResolve", "comment", "upToSeverity", "sources", "holdWhileActive"];

const LABELS: Readonly<Record<SettingName, string>> = {
  autoResolve: "Auto-resolve",
  comment: "Comment on what was resolved",
  upToSeverity: "Resolve alerts of",
  sources: "Resolve alerts from",
  holdWhileActive: "Hold while the threat is active",
};

/** The controls of a level; a tenant's may inherit, and say what that means now. */
export function settingInputs(
  level: "account" | "tenant",
  effective: EffectiveSettings,
  own: LevelSettings,
): readonly SettingInput[] {
  return NAMES.map((name) => {
    const chosen = level === "tenant" && own[name] === undefined ? "inherit" : chosenOf(name, effective);
    const inherit = { name: inheritWords(name, effective, own), value: "inherit" };
    const choices = choicesOf(name, effective);
    return {
      inputId: name,
      label: LABELS[name],
      origin: `Now ${wordsOf(name, effective)} (${originWords(effective[name].origin)})`,
      chosen,
      choices: level === "tenant" ? [inherit, ...choices] : choices,
    };
  });
}

/** The effective values with their origins. */
export function settingValues(effective: EffectiveSettings): readonly SettingValue[] {
  return NAMES.map((name) => ({
    setting: `${LABELS[name]}: ${wordsOf(name, effective)}`,
    origin: originWords(effective[name].origin),
  }));
}

function inheritWords(name: SettingName, effective: EffectiveSettings, own: LevelSettings): string {
  return own[name] === undefined ? `Inherit (now ${wordsOf(name, effective)})` : "Inherit from the account";
}

function wordsOf(name: SettingName, effective: EffectiveSettings): string {
  switch (name) {
    case "autoResolve":
    case "comment":
    case "holdWhileActive":
      return switchWords(effective[name].value);
    case "upToSeverity":
      return limitWords(effective.upToSeverity.value);
    case "sources":
      return sourcesWords(effective.sources.value);
  }
}

function chosenOf(name: SettingName, effective: EffectiveSettings): string {
  switch (name) {
    case "autoResolve":
    case "comment":
    case "holdWhileActive":
      return switchWords(effective[name].value);
    case "upToSeverity":
      return effective.upToSeverity.value;
    case "sources":
      return isDefenderForEndpointOnly(effective.sources.value) ? "defenderForEndpoint" : "all";
  }
}

function choicesOf(name: SettingName, effective: EffectiveSettings): SettingInput["choices"] {
  switch (name) {
    case "autoResolve":
    case "comment":
    case "holdWhileActive":
      return [
        { name: "On", value: "on" },
        { name: "Off", value: "off" },
      ];
    case "upToSeverity":
      return SEVERITIES.toReversed().map((severity) => ({ name: capital(limitWords(severity)), value: severity }));
    case "sources":
      return [
        { name: "Defender for Endpoint only", value: "defenderForEndpoint" },
        { name: allWords(effective.sources.value), value: "all" },
      ];
  }
}

function allWords(sources: readonly string[]): string {
  return isDefenderForEndpointOnly(sources) ? "All sources" : `All sources (now ${sourcesWords(sources)})`;
}

function isDefenderForEndpointOnly(sources: readonly string[]): boolean {
  return sources.length === 1 && sources[0] === DEFENDER_FOR_ENDPOINT;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
