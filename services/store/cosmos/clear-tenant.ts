import type { AlertRecord } from "../../domain/alert-record.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { RetiredCard } from "../../domain/removed-tenant.ts";
import { alertId } from "./alert-items.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, keyText, type StoredItem, tenantPartition } from "./cosmos-item.ts";
import { type KeptTombstone, TENANT_ID, tombstoneItem } from "./link-items.ts";
import type { TenantClaims } from "./tenant-claim.ts";
import type { WriteStep } from "./write-step.ts";

const BATCH = 90;

export function retiredCardId({
  conversationId,
  activityId,
}: Pick<RetiredCard, "conversationId" | "activityId">): string {
  return itemId("retiredCard", conversationId, activityId);
}

export function retiredCardItem(card: RetiredCard): Item<RetiredCard> {
  const { tenantId, dueAt } = card;
  return {
    id: retiredCardId(card),
    kind: "retiredCard",
    keys: { tenantId: keyText(tenantId), dueAt },
    value: card,
  };
}

/**
 * Clears away what hung on a link that is gone, in an order that can be broken off and gone on with anywhere: first settings
 * that were saved in the very moment of the removal, then the tenant is free for others and no alert can be written any more;
 * cards on screen are kept as retired ones before their deliveries go, then the alerts go, and at last the tombstone says that
 * it is done. Audit rows stay.
 */
export async function clearTenant(
  deps: { container: CosmosContainer; claims: TenantClaims },
  tombstone: StoredItem<KeptTombstone>,
): Promise<void> {
  const { removed, clearing } = tombstone.value;
  if (clearing === null) return;
  const home = tenantPartition(removed);
  // None can follow, since settings require their link.
  const settings = itemId("settings", removed.tenantId);
  await deps.container.write(accountPartition(removed.accountId), [{ do: "delete", id: settings }]);
  await deps.claims.release(removed.tenantId, clearing.claim);
  await deps.container.write(home, [{ do: "delete", id: TENANT_ID }]);
  await retireCards(deps.container, tombstone.value, clearing.cardsDueAt);
  await deleteAll(deps.container, home, "delivery");
  await deleteAll(deps.container, home, "alert");
  const item = tombstoneItem({ removed, clearing: null });
  // A conflict means that somebody else has just finished it.
  await deps.container.write(accountPartition(removed.accountId), [{ do: "replace", item, etag: tombstone.etag }]);
}

async function retireCards(container: CosmosContainer, { removed }: KeptTombstone, dueAt: string): Promise<void> {
  const home = tenantPartition(removed);
  let after = "";
  for (;;) {
    const deliveries = await container.find<Delivery>({
      partition: home,
      kind: "delivery",
      where: ["k.order > @after"],
      values: { after },
      orderBy: ["order"],
      take: BATCH,
    });
    const last = deliveries.at(-1);
    if (last === undefined) return;
    after = String(last.keys.order);
    const steps: WriteStep[] = [];
    for (const { value } of deliveries) {
      const card = await retiredCard(container, value, removed, dueAt);
      if (card !== null) steps.push({ do: "put", item: retiredCardItem(card) });
    }
    if (steps.length > 0) await container.write(accountPartition(removed.accountId), steps);
  }
}

async function retiredCard(
  container: CosmosContainer,
  delivery: Delivery,
  removed: KeptTombstone["removed"],
  dueAt: string,
): Promise<RetiredCard | null> {
  const { accountId, tenantId, conversationId, activityId } = delivery;
  if (activityId === null) return null;
  const alert = await container.read<AlertRecord>(tenantPartition(removed), alertId(delivery.alertId));
  if (alert === null) return null;
  const { title, severity } = alert.value.alert;
  const { alertId: id } = delivery;
  return { accountId, tenantId, conversationId, activityId, alertId: id, title, severity, removed, dueAt };
}

async function deleteAll(container: CosmosContainer, partition: string, kind: "alert" | "delivery"): Promise<void> {
  for (;;) {
    const ids = await container.findIds({ partition, kind, take: BATCH });
    if (ids.length === 0) return;
    await container.write(
      partition,
      ids.map((id): WriteStep => ({ do: "delete", id })),
    );
  }
}
