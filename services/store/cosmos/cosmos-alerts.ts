import type { AlertRecord } from "../../domain/alert-record.ts";
import type { AlertStore } from "../../ports/stores.ts";
import { alertId, alertItem, type Retention } from "./alert-items.ts";
import { storePage } from "./alert-pages.ts";
import { alertReads } from "./alert-reads.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { keyText, tenantPartition } from "./cosmos-item.ts";
import type { SyncWrite } from "./cosmos-syncs.ts";
import type { WriteStep } from "./write-step.ts";

export interface AlertDeps {
  readonly container: CosmosContainer;
  readonly writeAudit: AuditedWrite;
  readonly writeSync: SyncWrite;
  readonly retention: () => Retention;
}

/** Our copies of the alerts, each tenant's in a partition of its own. Nothing is stored for a tenant that is not linked. */
export function cosmosAlerts(deps: AlertDeps): AlertStore {
  const { container } = deps;
  return {
    ...alertReads(container),
    storePage: (page) => storePage(deps, page),
    update: async ({ record, etag, audit }) => {
      const step: WriteStep = { do: "replace", item: alertItem(record, deps.retention()), etag };
      return (await deps.writeAudit(tenantPartition(record), [step], audit ?? [])).kind;
    },
    purge: async ({ before, limit }) => {
      const old = await container.find<AlertRecord>({
        partition: null,
        kind: "alert",
        where: ["k.updatedAt < @before"],
        values: { before },
        orderBy: ["updatedAt"],
        take: limit,
      });
      for (const { value, etag } of old) await purgeOne(container, value, etag);
      return old.length;
    },
  };
}

/** The alert with its deliveries; one that has changed in this moment stays. */
async function purgeOne(container: CosmosContainer, record: AlertRecord, etag: string): Promise<void> {
  const partition = tenantPartition(record);
  const { id } = record.alert;
  const deliveries = await container.findVersions({
    partition,
    kind: "delivery",
    where: ["k.alertId = @id"],
    values: { id: keyText(id) },
  });
  const steps = deliveries.map((delivery): WriteStep => ({ do: "delete", id: delivery.id }));
  await container.write(partition, [{ do: "delete", id: alertId(id), etag }, ...steps]);
}
