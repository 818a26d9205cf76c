import type { Delivery } from "../../domain/delivery.ts";
import type { DeliveryStore } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { versionedOf, versionOf } from "./stored-value.ts";

/** The posted cards; a delivery goes with its alert. */
export function sqliteDeliveries(database: Database): DeliveryStore {
  const ofAlert = database.prepare(
    `SELECT version, body FROM deliveries WHERE account_id = ? AND alert_id = ? AND tenant_id = ? ORDER BY conversation_id`,
  );
  const alert = database.prepare("SELECT 1 FROM alerts WHERE account_id = ? AND alert_id = ? AND tenant_id = ?");
  const insert = database.prepare("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const replace = database.prepare(
    `UPDATE deliveries SET version = ?, body = ?
     WHERE account_id = ? AND alert_id = ? AND tenant_id = ? AND conversation_id = ? AND version = ?`,
  );

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
        const body = JSON.stringify(delivery);
        const { changes } =
          etag === null
            ? insert.run(accountId, alertId, tenantId, conversationId, version, body)
            : replace.run(version, body, accountId, alertId, tenantId, conversationId, versionOf(etag));
        return changes === 1 ? { kind: "stored", etag: String(version) } : { kind: "conflict" };
      }),
  };
}
