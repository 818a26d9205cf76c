import type { AuditRow } from "../domain/audit.ts";
import type { Person } from "../domain/person.ts";
import type { LevelSettings, PolicySettings, SettingName, SettingsLevel } from "../domain/policy-settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { SettingsStore } from "../ports/stores.ts";
import { SETTING_NAMES } from "./effective-settings.ts";

/** Per setting the value to set, or null to inherit; a name that is absent stays as it is. */
export type SettingsChange = { readonly [Name in SettingName]?: PolicySettings[Name] | null };

/** One setting that really changed; null: inherited. */
export interface ChangedSetting {
  readonly name: SettingName;
  readonly before: PolicySettings[SettingName] | null;
  readonly after: PolicySettings[SettingName] | null;
}

export type ChangeSettingsOutcome =
  | { readonly kind: "changed"; readonly changes: readonly ChangedSetting[] }
  | { readonly kind: "unchanged" }
  /** Somebody else saved meanwhile: nothing was changed, look again. */
  | { readonly kind: "conflict" };

/** Saves what differs on one level, each difference with an audit row in the same transaction. */
export async function changeSettings(
  deps: { settings: SettingsStore; clock: Clock; randomness: Randomness },
  input: { level: SettingsLevel; change: SettingsChange; by: Person; where: string; target: string },
): Promise<ChangeSettingsOutcome> {
  const stored = await deps.settings.get(input.level);
  const now = deps.clock.now();
  const next: Record<string, unknown> = { ...stored.value };
  const changes: ChangedSetting[] = [];
  for (const name of SETTING_NAMES) {
    const wanted = input.change[name];
    if (wanted === undefined) continue;
    const before = stored.value[name]?.value ?? null;
    if (sameValue(before, wanted)) continue;
    if (wanted === null) delete next[name];
    else next[name] = { value: wanted, setBy: input.by, setAt: now };
    changes.push({ name, before, after: wanted });
  }
  if (changes.length === 0) return { kind: "unchanged" };
  const operationId = deps.randomness.id();
  const audit = changes.map(
    (change): AuditRow => ({
      accountId: input.level.accountId,
      tenantId: input.level.tenantId,
      id: deps.randomness.id(),
      operationId,
      at: now,
      phase: "done",
      actor: { kind: "person", id: input.by.id, name: input.by.name },
      verb: "settings.change",
      target: `${input.target}: ${change.name}`,
      before: change.before === null ? "inherit" : JSON.stringify(change.before),
      after: change.after === null ? "inherit" : JSON.stringify(change.after),
      where: input.where,
    }),
  );
  const outcome = await deps.settings.put({
    level: input.level,
    settings: next as LevelSettings,
    etag: stored.etag,
    audit,
  });
  return outcome === "conflict" ? { kind: "conflict" } : { kind: "changed", changes };
}

function sameValue(left: PolicySettings[SettingName] | null, right: PolicySettings[SettingName] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
