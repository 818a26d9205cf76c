import type { CardAction, SettingChoices } from "../cards/card-action.ts";
import { settingChangeWords } from "../cards/setting-change-words.ts";
import { timeWords } from "../cards/time-words.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { organizationNameOf } from "../dialogs/show-alerts.ts";
import { showSettings } from "../dialogs/show-settings.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import { DEFENDER_FOR_ENDPOINT } from "../services/domain/alert.ts";
import type { AuditRow } from "../services/domain/audit.ts";
import type { Instant } from "../services/domain/instant.ts";
import type { SettingName, SettingsLevel } from "../services/domain/policy-settings.ts";
import { ALL_SOURCES } from "../services/domain/service-source.ts";
import { type ChangedSetting, changeSettings, type SettingsChange } from "../services/policy/change-settings.ts";
import { effectiveSettings, SETTING_NAMES } from "../services/policy/effective-settings.ts";

type SaveClick = Extract<CardAction, { verb: "settings.save" }>;

/**
 * Save on the settings card: stores what was changed on it and answers with what changed and whom it affects. What somebody
 * else has changed since the card was made is not overwritten: the second is told who did what and when.
 */
export async function saveSettings(
  deps: DialogDeps,
  turn: Turn,
  input: Pick<SaveClick, "tenantId" | "values" | "shown" | "seenAt">,
): Promise<Reply> {
  const accountId = turn.account.id;
  const { tenantId } = input;
  if (tenantId !== null && (await deps.links.get({ accountId, tenantId })) === null)
    return await showSettings(deps, turn, { tenantId });
  const level = { accountId, tenantId };
  const others = await changesByOthers(deps, turn, { level, seenAt: input.seenAt });
  const wanted = meantOf(input, others);
  const change = tenantId === null ? await onlyWhatDiffers(deps, accountId, wanted) : wanted;
  const target = tenantId === null ? "all tenants" : await organizationNameOf(deps, { accountId, tenantId });
  const undone = undoneWords(others, wanted);
  if (undone !== null) return await showSettings(deps, turn, { tenantId, problem: undone });
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

/** What other admins changed on this level after the card was made, the newest of each setting. */
async function changesByOthers(
  deps: DialogDeps,
  turn: Turn,
  { level, seenAt }: { level: SettingsLevel; seenAt: Instant | null },
): Promise<ReadonlyMap<SettingName, AuditRow>> {
  const found = new Map<SettingName, AuditRow>();
  if (seenAt === null) return found;
  const rows = await deps.audit.list({
    accountId: level.accountId,
    ...(level.tenantId === null ? {} : { tenantId: level.tenantId }),
    verb: "settings.change",
    since: seenAt,
    limit: CHANGES_LOOKED_AT,
  });
  for (const row of rows) {
    const name = row.target.slice(row.target.lastIndexOf(": ") + 2);
    const byOther = row.actor.kind === "person" && row.actor.id !== turn.person.id && row.tenantId === level.tenantId;
    if (byOther && isSettingName(name) && !found.has(name)) found.set(name, row);
  }
  return found;
}

/** The first of another's changes that this save would undo on purpose, as a sentence; null: there is none. */
function undoneWords(others: ReadonlyMap<SettingName, AuditRow>, wanted: SettingsChange): string | null {
  for (const [name, { actor, at, after }] of others) {
    if (!(name in wanted) || actor.kind !== "person") continue;
    const value = after === null || after === "inherit" ? null : JSON.parse(after);
    const what = settingChangeWords({ name, after: value });
    return `${actor.name} changed this ${timeWords(at)}: ${what}. Nothing of yours was stored; look again.`;
  }
  return null;
}

const CHANGES_LOOKED_AT = 50;

/** What the card asks for, but for what it only shows as it was before somebody else changed it. */
function meantOf({ values, shown }: Pick<SaveClick, "values" | "shown">, others: ReadonlyMap<SettingName, AuditRow>) {
  const meant = Object.entries(changeOf(values)).filter(([name]) => {
    if (!isSettingName(name) || !others.has(name)) return true;
    return shown === null || values[name] !== shown[name];
  });
  return Object.fromEntries(meant) satisfies SettingsChange;
}

function isSettingName(name: string): name is SettingName {
  return SETTING_NAMES.some((known) => known === name);
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
