import type { AlertRecord } from "../../domain/alert-record.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import { alertSearchText } from "../../domain/search-text.ts";
import type { AlertStore, TenantScope, WriteOutcome } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { sqliteAlertReads } from "./sqlite-alert-reads.ts";
import { versionOf } from "./stored-value.ts";
import type { SyncWriter } from "./sync-writer.ts";

/** Writes a new alert, inside a transaction of the caller's, and says how many rows it wrote: 0 where it is there. */
export function alertInsert(database: Database): (record: AlertRecord, version: number) => number {
  const insert = database.prepare(`
    INSERT INTO alerts (severity, status, baseline, created_at, updated_at, next_settle_at, next_announce_at, version,
      search_text, body, account_id, alert_id, tenant_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, alert_id, tenant_id) DO NOTHING`);
  return (record, version) => Number(insert.run(...valuesOf(record, version)).changes);
}

/** Our copies of the alerts. Nothing is stored for a tenant that the account has not linked: "conflict". */
export function sqliteAlerts(database: Database, writeSync: SyncWriter, writeAudit: AuditWriter): AlertStore {
  const link = database.prepare("SELECT 1 FROM links WHERE tenant_id = ? AND account_id = ?");
  const insert = alertInsert(database);
  const replace = database.prepare(`
    UPDATE alerts SET severity = ?, status = ?, baseline = ?, created_at = ?, updated_at = ?, next_settle_at = ?,
      next_announce_at = ?, version = ?, search_text = ?, body = ?
    WHERE account_id = ? AND alert_id = ? AND tenant_id = ? AND version = ?`);
  const purge = database.prepare(
    "DELETE FROM alerts WHERE rowid IN (SELECT rowid FROM alerts WHERE updated_at < ? ORDER BY updated_at LIMIT ?)",
  );

  const writeRecord = (record: AlertRecord, etag: string | null, version: number): WriteOutcome => {
    const changes =
      etag === null ? insert(record, version) : replace.run(...valuesOf(record, version), versionOf(etag)).changes;
    return changes === 1 ? "stored" : "conflict";
  };

  return {
    ...sqliteAlertReads(database),
    storePage: ({ scope, records, sync }) =>
      database.writeUnlessConflict((version) => {
        requireScope(
          scope,
          sync === undefined
            ? records.map(({ record }) => record)
            : [sync.sync, ...records.map(({ record }) => record)],
        );
        if (link.get(scope.tenantId, scope.accountId) === undefined) {
          return "conflict";
        }
        for (const { record, etag } of records) {
          if (writeRecord(record, etag, version) === "conflict") {
            return "conflict";
          }
        }
        return sync === undefined ? "stored" : writeSync(sync, version);
      }),
    update: ({ record, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        writeAudit(audit ?? []);
        return writeRecord(record, etag, version);
      }),
    purge: ({ before, limit }) => database.write(() => Number(purge.run(before, limit).changes)),
  };
}

function requireScope(scope: TenantScope, items: readonly TenantScope[]): void {
  if (items.some((item) => item.accountId !== scope.accountId || item.tenantId !== scope.tenantId)) {
    throw new Breakdown("refused", "A page holds what belongs to its own account and tenant only.");
  }
}

function valuesOf(record: AlertRecord, version: number) {
  const { alert } = record;
  return [
    alert.severity,
    alert.status,
    Number(record.baseline),
    alert.createdAt,
    alert.updatedAt,
    record.nextSettleAt,
    record.nextAnnounceAt,
    version,
    alertSearchText(alert),
    JSON.stringify(record),
    record.accountId,
    alert.id,
    record.tenantId,
  ];
}
