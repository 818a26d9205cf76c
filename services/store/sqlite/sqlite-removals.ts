import type { RemovedTenant, RetiredCard } from "../../domain/removed-tenant.ts";
import type { RemovalStore } from "../../ports/removal-store.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, textOf } from "./stored-value.ts";

/** Writes one card, inside a transaction of the caller's. */
export function retiredCardPut(database: Database): (card: RetiredCard) => void {
  const put = database.prepare("INSERT OR REPLACE INTO retired_cards VALUES (?, ?, ?, ?, ?, ?)");
  return (card) => {
    const { accountId, conversationId, activityId, tenantId, dueAt } = card;
    put.run(accountId, conversationId, activityId, tenantId, dueAt, JSON.stringify(card));
  };
}

/** Tombstones of removed tenants, and their cards that do not say so yet. */
export function sqliteRemovals(database: Database): RemovalStore {
  const one = database.prepare("SELECT body FROM removed_tenants WHERE account_id = ? AND tenant_id = ?");
  const count = database.prepare("SELECT count(*) AS count FROM retired_cards WHERE tenant_id = ? AND account_id = ?");
  const put = retiredCardPut(database);
  const remove = database.prepare(
    "DELETE FROM retired_cards WHERE account_id = ? AND conversation_id = ? AND activity_id = ?",
  );
  const dueCards = database.prepare(
    "SELECT body FROM retired_cards WHERE tenant_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
  );
  const due = database.prepare(
    "SELECT tenant_id FROM retired_cards WHERE due_at <= ? GROUP BY tenant_id ORDER BY min(due_at) LIMIT ?",
  );

  return {
    get: ({ accountId, tenantId }) =>
      database.read(() => {
        const row = one.get(accountId, tenantId);
        return row === undefined ? null : bodyOf<RemovedTenant>(row);
      }),
    countCards: ({ accountId, tenantId }) =>
      database.read(() => numberOf(count.get(tenantId, accountId) ?? {}, "count")),
    putCard: (card) => database.write(() => put(card)),
    removeCard: ({ accountId, conversationId, activityId }) =>
      database.write(() => {
        remove.run(accountId, conversationId, activityId);
      }),
    dueCards: ({ tenantId, now, limit }) =>
      database.read(() => dueCards.all(tenantId, now, limit).map((row) => bodyOf<RetiredCard>(row))),
    due: ({ now, limit }) => database.read(() => due.all(now, limit).map((row) => textOf(row, "tenant_id"))),
  };
}
