import type { AuditRow } from "../../domain/audit.ts";
import type { AuditStore } from "../../ports/stores.ts";
import { auditChains } from "./audit-chains.ts";
import { auditQuery } from "./audit-query.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf } from "./stored-value.ts";

/** The audit log; rows are only ever added, which triggers in the schema enforce and chains of hashes prove. */
export function sqliteAudit(database: Database, writeAudit: AuditWriter): AuditStore {
  // One statement per combination of filters: few, and each with the index that fits it.
  const statements = new Map<string, ReturnType<Database["prepare"]>>();
  const statementOf = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  return {
    append: async (rows) => database.write(() => writeAudit(rows)),
    list: (page) =>
      database.read(() => {
        const { sql, values } = auditQuery(page);
        return statementOf(sql)
          .all(values)
          .map((row) => bodyOf<AuditRow>(row));
      }),
    ...auditChains(database),
  };
}
