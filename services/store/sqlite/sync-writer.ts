import type { TenantSync } from "../../domain/tenant-sync.ts";
import type { WriteOutcome } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { versionOf } from "./stored-value.ts";

/** Writes the first sync state of a tenant, inside a transaction of the caller's. */
export function syncInsert(database: Database): (sync: TenantSync, version: number) => void {
  const insert = database.prepare("INSERT INTO syncs VALUES (?, ?, ?, ?, ?)");
  return (sync, version) => {
    insert.run(sync.tenantId, sync.accountId, sync.nextSyncAt, version, JSON.stringify(sync));
  };
}

/** Replaces the version of a tenant's sync state that the etag names, inside a transaction of the caller's. */
export type SyncWriter = (input: { sync: TenantSync; etag: string }, version: number) => WriteOutcome;

export function syncWriter(database: Database): SyncWriter {
  const replace = database.prepare(
    "UPDATE syncs SET next_sync_at = ?, version = ?, body = ? WHERE tenant_id = ? AND account_id = ? AND version = ?",
  );
  return ({ sync, etag }, version) => {
    const body = JSON.stringify(sync);
    const { changes } = replace.run(sync.nextSyncAt, version, body, sync.tenantId, sync.accountId, versionOf(etag));
    return changes === 1 ? "stored" : "conflict";
  };
}
