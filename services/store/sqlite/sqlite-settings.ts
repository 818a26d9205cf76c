import type { KeptSettings } from "../../domain/kept-record.ts";
import type { LevelSettings, SettingsLevel } from "../../domain/policy-settings.ts";
import type { SettingsStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { versionedOf, versionOf } from "./stored-value.ts";

/** Writes a level's first settings, inside a transaction of the caller's, and says how many rows it wrote: 0 where there are some. */
export function settingsInsert(database: Database): (kept: KeptSettings, version: number) => number {
  const insert = database.prepare("INSERT INTO settings VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  return ({ level, settings }, version) =>
    Number(insert.run(level.accountId, tenantKey(level), version, JSON.stringify(settings)).changes);
}

/** Settings by level; a tenant's need its link, so that none wait for the next account that links the tenant. */
export function sqliteSettings(database: Database, writeAudit: AuditWriter): SettingsStore {
  const byLevel = database.prepare("SELECT version, body FROM settings WHERE account_id = ? AND tenant_id = ?");
  const link = database.prepare("SELECT 1 FROM links WHERE account_id = ? AND tenant_id = ?");
  const insert = settingsInsert(database);
  const replace = database.prepare(
    "UPDATE settings SET version = ?, body = ? WHERE account_id = ? AND tenant_id = ? AND version = ?",
  );

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
        const changes =
          etag === null
            ? insert({ level, settings }, version)
            : replace.run(version, JSON.stringify(settings), accountId, tenantKey(level), versionOf(etag)).changes;
        writeAudit(audit);
        return changes === 1 ? "stored" : "conflict";
      }),
  };
}

function tenantKey(level: SettingsLevel): string {
  return level.tenantId ?? "";
}
