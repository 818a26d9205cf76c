import type { Instant } from "../services/domain/instant.ts";
import type { EffectiveSettings, LevelSettings, SettingName } from "../services/domain/policy-settings.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { type SettingInput, type SettingValue, settingInputs, settingValues } from "./setting-inputs.ts";
import layout from "./settings-card.json" with { type: "json" };

type SettingsCardData = {
  readonly title: string;
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly hasSaved: boolean;
  readonly saved: string;
  readonly scope: string;
  readonly values: readonly SettingValue[];
  readonly inputs: readonly SettingInput[];
  readonly note: string;
  readonly editable: boolean;
  readonly isTenant: boolean;
  readonly tenantId: string;
  readonly seenAt: string;
  readonly shownAutoResolve: string;
  readonly shownComment: string;
  readonly shownHoldWhileActive: string;
  readonly shownUpToSeverity: string;
  readonly shownSources: string;
};

const render = compileCard<SettingsCardData>(layout);

/**
 * The settings of one level, each with its effective value and where that comes from. Controls stand there only if
 * `editable`, preset to what holds now. `saved` says what the last save changed and whom it affects.
 */
export function settingsCard(input: {
  readonly title: string;
  readonly level: "account" | "tenant";
  readonly organizationName: string | null;
  readonly tenantId: string | null;
  readonly effective: EffectiveSettings;
  /** What is set on this level itself. */
  readonly own: LevelSettings;
  readonly editable: boolean;
  readonly saved: string | null;
  /** Why a save was not taken; null: none was refused. */
  readonly problem: string | null;
  /** When it is made: what others change later is not overwritten by its Save. */
  readonly now: Instant;
}): RenderedCard {
  const { level, effective, own, editable, saved } = input;
  const inputs = settingInputs(level, effective, own);
  const shown = (name: SettingName) => inputs.find(({ inputId }) => inputId === name)?.chosen ?? "";
  return {
    summary: plainText(saved ?? input.title, 200),
    card: render({
      title: sentences(input.title, 120),
      hasProblem: input.problem !== null,
      problem: `△ ${sentences(input.problem ?? "", 300)}`,
      hasSaved: saved !== null,
      saved: `✓ ${sentences(saved ?? "", 300)}`,
      scope: scopeWords(level, input.organizationName),
      values: editable ? [] : settingValues(effective),
      inputs: editable ? inputs : [],
      note: editable
        ? "Auto-resolve writes status and comment in Defender, never a classification. Alerts that a person has taken are left alone."
        : "Only admins change settings.",
      editable,
      isTenant: level === "tenant",
      tenantId: plainText(input.tenantId ?? "", 100),
      seenAt: input.now,
      shownAutoResolve: shown("autoResolve"),
      shownComment: shown("comment"),
      shownHoldWhileActive: shown("holdWhileActive"),
      shownUpToSeverity: shown("upToSeverity"),
      shownSources: shown("sources"),
    }),
  };
}

function scopeWords(level: "account" | "tenant", organizationName: string | null): string {
  if (level === "account") return "For every tenant that does not set its own.";
  const name = organizationName === null ? "this tenant" : inertText(organizationName, 80);
  return `For ${name} alone; what it inherits comes from the account.`;
}
