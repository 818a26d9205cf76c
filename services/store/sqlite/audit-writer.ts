import type { AuditRow } from "../../domain/audit.ts";
import type { Database } from "./database.ts";

/** Appends rows inside the transaction of what they tell of. */
export type AuditWriter = (rows: readonly AuditRow[]) => void;

export function auditWriter(database: Database): AuditWriter {
  const insert = database.prepare(
    "INSERT INTO audit (account_id, row_id, tenant_id, at, target, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  return (rows) => {
    for (const row of rows) {
      insert.run(row.accountId, row.id, row.tenantId, row.at, row.target, JSON.stringify(row));
    }
  };
}
