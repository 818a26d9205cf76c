import type { Delivery } from "../../domain/delivery.ts";
import type { DeliveryStore } from "../../ports/delivery-store.ts";
import { alertId, deliveryItem, type Retention } from "./alert-items.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { keyText, tenantPartition } from "./cosmos-item.ts";
import { amongTexts } from "./item-query.ts";
import { whileLinked } from "./settled-link.ts";
import type { WriteStep } from "./write-step.ts";

/** Alerts looked at together; several deliveries may belong to one. */
const LOOKED_AT = 100;

/** The posted cards, beside their alert: none is written for an alert or a link that is gone. */
export function cosmosDeliveries(container: CosmosContainer, retention: () => Retention): DeliveryStore {
  return {
    ofAlert: async (scope, id) => {
      const found = await container.find<Delivery>({
        partition: tenantPartition(scope),
        kind: "delivery",
        where: ["k.alertId = @id"],
        values: { id: keyText(id) },
        orderBy: ["conversationId"],
      });
      return found.map(({ value, etag }) => ({ value, etag }));
    },
    put: async ({ delivery, etag }) => {
      const item = deliveryItem(delivery, retention());
      const step: WriteStep = etag === null ? { do: "create", item } : { do: "replace", item, etag };
      const linked = await whileLinked(container, delivery);
      if (linked === null) return { kind: "conflict" };
      const needed: WriteStep = { do: "require", id: alertId(delivery.alertId) };
      const result = await container.write(tenantPartition(delivery), [step, needed, linked]);
      return result.kind === "stored" ? { kind: "stored", etag: result.etags[0] ?? "" } : { kind: "conflict" };
    },
    countShown: (scope) =>
      container.count({
        partition: tenantPartition(scope),
        kind: "delivery",
        where: ["k.state = @state"],
        values: { state: "posted" },
      }),
    alertsWithCards: async ({ scope, open, after, limit }) => {
      const partition = tenantPartition(scope);
      const ids: string[] = [];
      for (let from = keyText(after); ids.length < limit; ) {
        const keys = await container.findKeys({
          partition,
          kind: "delivery",
          where: ["k.alertId > @from", `k.state <> "refused"`],
          values: { from },
          orderBy: ["alertId"],
          take: LOOKED_AT,
        });
        if (keys.length === 0) break;
        from = String(keys.at(-1)?.alertId);
        const candidates = [...new Set(keys.map((key) => String(key.alertId)))];
        const alerts = await container.findKeys({ partition, kind: "alert", ...amongTexts("k.alertId", candidates) });
        const isOpen = new Map(alerts.map((key) => [String(key.alertId), key.status !== "resolved"]));
        ids.push(...candidates.filter((id) => isOpen.get(id) === open));
      }
      return ids.slice(0, limit);
    },
  };
}
