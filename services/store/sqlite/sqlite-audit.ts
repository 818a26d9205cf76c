import type { AuditRow } from "../../domain/audit.ts";
import type { AuditStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf } from "./stored-value.ts";

/** The audit log; rows are only ever added, which triggers in the schema enforce. */
export function sqliteAudit(database: Database, writeAudit: AuditWriter): AuditStore {
  const newest = (condition: string) =>
    database.prepare(
      `SELECT body FROM audit WHERE account_id = ? ${condition} ORDER BY at DESC, position DESC LIMIT ?`,
    );
  const ofAccount = newest("");
  const ofTenant = newest("AND tenant_id = ?");
  const ofTarget = newest("AND target = ?");
  const ofBoth = newest("AND tenant_id = ? AND target = ?");

  return {
    append: async (rows) => database.write(() => writeAudit(rows)),
    list: ({ accountId, tenantId, target, limit }) =>
      database.read(() => {
        const rows =
          tenantId !== undefined && target !== undefined
            ? ofBoth.all(accountId, tenantId, target, limit)
            : tenantId !== undefined
              ? ofTenant.all(accountId, tenantId, limit)
              : target !== undefined
                ? ofTarget.all(accountId, target, limit)
                : ofAccount.all(accountId, limit);
        return rows.map((row) => bodyOf<AuditRow>(row));
      }),
  };
}
