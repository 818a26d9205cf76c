import type { Instant } from "../../domain/instant.ts";
import type { RemovedTenant } from "../../domain/removed-tenant.ts";
import type { TenantScope } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { bodyOf } from "./stored-value.ts";

/** What links.create and links.remove write about removed tenants, inside their own transactions. */
export interface TombstoneWriter {
  /** The tenant's tombstone if it was removed at or after that moment. */
  since(scope: TenantScope, askedAt: Instant): RemovedTenant | null;
  /** Writes the tombstone and keeps the cards on screen as retired ones; before the link goes with its deliveries. */
  bury(tombstone: RemovedTenant, cardsDueAt: Instant): void;
  /** The tenant is linked again. */
  end(scope: TenantScope): void;
}

/** Writes a tombstone alone, inside a transaction of the caller's. */
export function tombstonePut(database: Database): (tombstone: RemovedTenant) => void {
  const put = database.prepare("INSERT OR REPLACE INTO removed_tenants VALUES (?, ?, ?, ?)");
  return (tombstone) => {
    const { accountId, tenantId, removedAt } = tombstone;
    put.run(accountId, tenantId, removedAt, JSON.stringify(tombstone));
  };
}

export function tombstoneWriter(database: Database): TombstoneWriter {
  const since = database.prepare(
    "SELECT body FROM removed_tenants WHERE account_id = ? AND tenant_id = ? AND removed_at >= ?",
  );
  const put = tombstonePut(database);
  const remove = database.prepare("DELETE FROM removed_tenants WHERE account_id = ? AND tenant_id = ?");
  // In SQL from row to row: a tenant may have ten thousand cards, whose alerts nobody wants in memory at once.
  const retire = database.prepare(`
    INSERT OR REPLACE INTO retired_cards
    SELECT d.account_id, d.conversation_id, d.body ->> '$.activityId', d.tenant_id, :dueAt, json_object(
        'accountId', d.account_id, 'tenantId', d.tenant_id, 'conversationId', d.conversation_id,
        'activityId', d.body ->> '$.activityId', 'alertId', d.alert_id, 'title', a.body ->> '$.alert.title',
        'severity', a.severity, 'removed', json(:tombstone), 'dueAt', :dueAt)
    FROM alerts AS a CROSS JOIN deliveries AS d USING (account_id, alert_id, tenant_id)
    WHERE a.tenant_id = :tenantId AND a.account_id = :accountId AND d.body ->> '$.activityId' IS NOT NULL`);

  return {
    since: ({ accountId, tenantId }, askedAt) => {
      const row = since.get(accountId, tenantId, askedAt);
      return row === undefined ? null : bodyOf<RemovedTenant>(row);
    },
    bury: (tombstone, dueAt) => {
      const { accountId, tenantId } = tombstone;
      put(tombstone);
      retire.run({ accountId, tenantId, dueAt, tombstone: JSON.stringify(tombstone) });
    },
    end: ({ accountId, tenantId }) => {
      remove.run(accountId, tenantId);
    },
  };
}
