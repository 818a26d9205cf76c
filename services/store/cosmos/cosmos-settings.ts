import type { LevelSettings, SettingsLevel } from "../../domain/policy-settings.ts";
import type { SettingsStore } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId } from "./cosmos-item.ts";
import { linkId } from "./link-items.ts";
import { settledLink } from "./settled-link.ts";
import type { WriteStep } from "./write-step.ts";

/** Settings by level; a tenant's need its link, so that none wait for whoever links the tenant next. */
export function cosmosSettings(container: CosmosContainer, writeAudit: AuditedWrite): SettingsStore {
  return {
    get: async (level) => {
      const found = await container.read<LevelSettings>(accountPartition(level.accountId), settingsId(level));
      return found === null ? { value: {}, etag: null } : { value: found.value, etag: found.etag };
    },
    put: async ({ level, settings, etag, audit }) => {
      const { accountId, tenantId } = level;
      if (tenantId !== null && (await settledLink(container, { accountId, tenantId })) === null) return "conflict";
      const item = settingsItem(level, settings);
      const steps: WriteStep[] = [etag === null ? { do: "create", item } : { do: "replace", item, etag }];
      if (tenantId !== null) steps.push({ do: "require", id: linkId(tenantId) });
      return (await writeAudit(accountPartition(accountId), steps, audit)).kind;
    },
  };
}

export function settingsId({ tenantId }: Pick<SettingsLevel, "tenantId">): string {
  return tenantId === null ? itemId("settings") : itemId("settings", tenantId);
}

export function settingsItem(level: SettingsLevel, value: LevelSettings): Item<LevelSettings> {
  const { accountId, tenantId } = level;
  return { id: settingsId(level), kind: "settings", keys: { accountId, tenantId }, value };
}
