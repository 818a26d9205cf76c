import type { LevelSettings, SettingsLevel } from "../../domain/policy-settings.ts";
import type { SettingsStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { versionedOf, versionOf } from "./stored-value.ts";

/** Settings by level; a tenant's need its link, so that none wait for the next account that links the tenant. */
export function sqliteSettings(database: Database, writeAudit: AuditWriter): SettingsStore {
  const byLevel = database.prepare("SELECT version, body FROM settings WHERE account_id = ? AND tenant_id = ?");
  const link = database.prepare("SELECT 1 FROM links WHERE account_id = ? AND tenant_id = ?");
  const insert = database.prepare("INSERT INTO settings VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const replace = database.prepare(
    "UPDATE settings SET version = ?, body = ? WHERE account_id = ? AND tenant_id = ? AND version = ?",
  );
  const tenantKey = (level: SettingsLevel): string => level.tenantId ?? "";

  return {
    get: (level) =>
      database.read(() => {
        const row = byLevel.get(level.accountId, tenantKey(level));
        return row === undefined ? { value: {}, etag: null } : versionedOf<LevelSettings>(row);
      }),
    put: ({ level, settings, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        const { accountId, tenantId } = level;
        if (tenantId !== null && link.get(accountId, tenantId) === undefined) {
          return "conflict";
        }
        const body = JSON.stringify(settings);
        const { changes } =
          etag === null
            ? insert.run(accountId, tenantKey(level), version, body)
            : replace.run(version, body, accountId, tenantKey(level), versionOf(etag));
        writeAudit(audit);
        return changes === 1 ? "stored" : "conflict";
      }),
  };
}
