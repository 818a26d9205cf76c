import type { SettingChoices } from "../cards/card-action.ts";
import { settingChangeWords } from "../cards/setting-change-words.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { organizationNameOf } from "../dialogs/show-alerts.ts";
import { showSettings } from "../dialogs/show-settings.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import { DEFENDER_FOR_ENDPOINT } from "../services/domain/alert.ts";
import { ALL_SOURCES } from "../services/domain/service-source.ts";
import { type ChangedSetting, changeSettings, type SettingsChange } from "../services/policy/change-settings.ts";
import { effectiveSettings } from "../services/policy/effective-settings.ts";

/** Save on the settings card: stores what differs and answers with what changed and whom it affects. */
export async function saveSettings(
  deps: DialogDeps,
  turn: Turn,
  input: { tenantId: string | null; values: SettingChoices },
): Promise<Reply> {
  const accountId = turn.account.id;
  const { tenantId } = input;
  if (tenantId !== null && (await deps.links.get({ accountId, tenantId })) === null)
    return await showSettings(deps, turn, { tenantId });
  const level = { accountId, tenantId };
  const wanted = changeOf(input.values);
  const change = tenantId === null ? await onlyWhatDiffers(deps, accountId, wanted) : wanted;
  const target = tenantId === null ? "all tenants" : await organizationNameOf(deps, { accountId, tenantId });
  const outcome = await changeSettings(deps, { level, change, by: turn.person, where: turn.conversation.id, target });
  switch (outcome.kind) {
    case "conflict":
      return text("Somebody else saved these settings at the same moment. Nothing of yours was stored; look again.");
    case "unchanged":
      return await showSettings(deps, turn, { tenantId, saved: "Nothing was different, so nothing was changed." });
    case "changed":
      return await showSettings(deps, turn, {
        tenantId,
        saved: savedWords(outcome.changes, tenantId === null, target),
      });
  }
}

/** At account level the card shows effective values: one that stands at its default is not thereby set by somebody. */
async function onlyWhatDiffers(deps: DialogDeps, accountId: string, wanted: SettingsChange): Promise<SettingsChange> {
  const { value } = await deps.settings.get({ accountId, tenantId: null });
  const effective = effectiveSettings(value, {});
  const differs = Object.entries(wanted).filter(
    ([name, chosen]) => JSON.stringify(chosen) !== JSON.stringify(effective[name as keyof typeof effective].value),
  );
  return Object.fromEntries(differs);
}

function changeOf(values: SettingChoices): SettingsChange {
  return {
    autoResolve: switchOf(values.autoResolve),
    comment: switchOf(values.comment),
    holdWhileActive: switchOf(values.holdWhileActive),
    upToSeverity: values.upToSeverity === "inherit" ? null : values.upToSeverity,
    sources:
      values.sources === "inherit" ? null : values.sources === "all" ? [...ALL_SOURCES] : [DEFENDER_FOR_ENDPOINT],
  };
}

function switchOf(choice: SettingChoices["autoResolve"]): boolean | null {
  return choice === "inherit" ? null : choice === "on";
}

function savedWords(changes: readonly ChangedSetting[], forAll: boolean, target: string): string {
  const what = changes.map(settingChangeWords).join("; ");
  const whom = forAll ? "This holds for every tenant without a setting of its own" : `This holds for ${target} alone`;
  return `Saved: ${what}. ${whom}, from the next decision on.`;
}
