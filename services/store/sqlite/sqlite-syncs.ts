import type { TenantSync } from "../../domain/tenant-sync.ts";
import type { SyncStore } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { numberOf, type Row, textOf, versionedOf } from "./stored-value.ts";
import type { SyncWriter } from "./sync-writer.ts";

/** How far each tenant is read; a row is created and removed with its link. */
export function sqliteSyncs(database: Database, writeSync: SyncWriter): SyncStore {
  const byTenant = database.prepare("SELECT version, body FROM syncs WHERE tenant_id = ? AND account_id = ?");
  const due = database.prepare(`
    SELECT s.account_id AS account_id, s.tenant_id AS tenant_id FROM syncs AS s CROSS JOIN links AS l USING (tenant_id)
    WHERE s.next_sync_at <= ? AND l.state <> 'paused' ORDER BY s.next_sync_at LIMIT ?`);
  const dueToLook = database.prepare(`
    SELECT s.account_id AS account_id, s.tenant_id AS tenant_id FROM syncs AS s CROSS JOIN links AS l USING (tenant_id)
    WHERE json_extract(s.body, '$.watch.lookAt') <= ? AND l.state <> 'paused'
    ORDER BY json_extract(s.body, '$.watch.lookAt') LIMIT ?`);
  // Never read is earlier than any moment.
  const countUnproven = database.prepare(`
    SELECT count(*) AS count FROM syncs AS s CROSS JOIN links AS l USING (tenant_id)
    WHERE s.account_id = ? AND coalesce(json_extract(s.body, '$.watermark'), '') <= ? AND l.state <> 'paused'`);
  const scopeOf = (row: Row) => ({ accountId: textOf(row, "account_id"), tenantId: textOf(row, "tenant_id") });

  return {
    get: ({ accountId, tenantId }) =>
      database.read(() => {
        const row = byTenant.get(tenantId, accountId);
        return row === undefined ? null : versionedOf<TenantSync>(row);
      }),
    update: (input) => database.writeUnlessConflict((version) => writeSync(input, version)),
    due: ({ now, limit }) => database.read(() => due.all(now, limit).map(scopeOf)),
    dueToLook: ({ now, limit }) => database.read(() => dueToLook.all(now, limit).map(scopeOf)),
    countUnproven: ({ accountId, before }) =>
      database.read(() => numberOf(countUnproven.get(accountId, before) ?? {}, "count")),
  };
}
