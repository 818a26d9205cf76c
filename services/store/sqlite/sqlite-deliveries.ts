import type { Delivery } from "../../domain/delivery.ts";
import type { DeliveryStore } from "../../ports/delivery-store.ts";
import type { Database } from "./database.ts";
import { numberOf, textOf, versionedOf, versionOf } from "./stored-value.ts";

/** Writes a new delivery, inside a transaction of the caller's, and says how many rows it wrote: 0 where there is one. */
export function deliveryInsert(database: Database): (delivery: Delivery, version: number) => number {
  const insert = database.prepare("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  return (delivery, version) => {
    const { accountId, alertId, tenantId, conversationId } = delivery;
    return Number(insert.run(accountId, alertId, tenantId, conversationId, version, JSON.stringify(delivery)).changes);
  };
}

/** The posted cards; a delivery goes with its alert. */
export function sqliteDeliveries(database: Database): DeliveryStore {
  const ofAlert = database.prepare(
    `SELECT version, body FROM deliveries WHERE account_id = ? AND alert_id = ? AND tenant_id = ? ORDER BY conversation_id`,
  );
  const alert = database.prepare("SELECT 1 FROM alerts WHERE account_id = ? AND alert_id = ? AND tenant_id = ?");
  const insert = deliveryInsert(database);
  const replace = database.prepare(
    `UPDATE deliveries SET version = ?, body = ?
     WHERE account_id = ? AND alert_id = ? AND tenant_id = ? AND conversation_id = ? AND version = ?`,
  );
  // From the tenant's alerts to their deliveries: no index leads from a tenant to its deliveries.
  const countShown = database.prepare(`
    SELECT count(*) AS count FROM alerts AS a CROSS JOIN deliveries AS d USING (account_id, alert_id, tenant_id)
    WHERE a.tenant_id = ? AND a.account_id = ? AND d.body ->> '$.state' = 'posted'`);
  const alertsWithCards = database.prepare(`
    SELECT DISTINCT a.alert_id AS alert_id
    FROM alerts AS a CROSS JOIN deliveries AS d USING (account_id, alert_id, tenant_id)
    WHERE a.tenant_id = ? AND a.account_id = ? AND (a.status <> 'resolved') = ? AND a.alert_id > ?
      AND d.body ->> '$.state' <> 'refused'
    ORDER BY a.alert_id LIMIT ?`);

  return {
    ofAlert: ({ accountId, tenantId }, alertId) =>
      database.read(() => ofAlert.all(accountId, alertId, tenantId).map((row) => versionedOf<Delivery>(row))),
    put: ({ delivery, etag }) =>
      database.write((version) => {
        const { accountId, alertId, tenantId, conversationId } = delivery;
        // The alert went with its tenant or its age: a delivery would be left behind for ever.
        if (alert.get(accountId, alertId, tenantId) === undefined) {
          return { kind: "conflict" };
        }
        const ids = [accountId, alertId, tenantId, conversationId];
        const changes =
          etag === null
            ? insert(delivery, version)
            : replace.run(version, JSON.stringify(delivery), ...ids, versionOf(etag)).changes;
        return changes === 1 ? { kind: "stored", etag: String(version) } : { kind: "conflict" };
      }),
    countShown: ({ accountId, tenantId }) =>
      database.read(() => numberOf(countShown.get(tenantId, accountId) ?? {}, "count")),
    alertsWithCards: ({ scope, open, after, limit }) =>
      database.read(() =>
        alertsWithCards
          .all(scope.tenantId, scope.accountId, Number(open), after, limit)
          .map((row) => textOf(row, "alert_id")),
      ),
  };
}
