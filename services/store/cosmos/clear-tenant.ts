import type { AlertRecord } from "../../domain/alert-record.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { RetiredCard } from "../../domain/removed-tenant.ts";
import { alertId } from "./alert-items.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, keyText, type StoredItem, tenantPartition } from "./cosmos-item.ts";
import { settingsId } from "./cosmos-settings.ts";
import { type KeptTombstone, tenantId, tombstoneItem } from "./link-items.ts";
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
 * Clears away what hung on a link that is gone, in an order that can be broken off and gone on with anywhere, by any number at
 * once: first settings that were saved in the very moment of the removal, then the tenant is free for others and no alert or
 * card can be written any more; cards on screen are kept as retired ones before their deliveries go, then the alerts go, and at
 * last the tombstone says that it is done, from when on the account may link the tenant again. Audit rows stay.
 */
export async function clearTenant(
  deps: { container: CosmosContainer; claims: TenantClaims },
  tombstone: StoredItem<KeptTombstone>,
): Promise<void> {
  const { removed, clearing } = tombstone.value;
  if (clearing === null) return;
  const { container } = deps;
  const home = tenantPartition(removed);
  const goOn = whileClearing(container, tombstone, clearing.claim);
  // None can follow, since settings require their link.
  if (!(await goOn([{ do: "delete", id: settingsId(removed) }]))) return;
  await deps.claims.release(removed.tenantId, clearing.claim);
  await container.write(home, [{ do: "delete", id: tenantId(clearing.claim) }]);
  if (!(await retireCards(container, goOn, tombstone.value, clearing.cardsDueAt))) return;
  if (!(await deleteAll(container, goOn, home, "delivery"))) return;
  if (!(await deleteAll(container, goOn, home, "alert"))) return;
  await goOn([], { removed, clearing: null });
}

/** Does the steps; false: the removal is cleared away already, and what stands there now may be of the next link. */
type GoOn = (steps: readonly WriteStep[], as?: KeptTombstone) => Promise<boolean>;

const ROUNDS = 60;

/**
 * Writes together with the tombstone, as long as that says that this removal is being cleared away. Each such write proves that
 * nothing that was read before it was of a later link, since the tenant is not linked again until the tombstone says it is done.
 */
function whileClearing(container: CosmosContainer, tombstone: StoredItem<KeptTombstone>, claim: string): GoOn {
  const partition = accountPartition(tombstone.value.removed.accountId);
  let { etag } = tombstone;
  return async (steps, as = tombstone.value) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const guard: WriteStep = { do: "replace", item: tombstoneItem(as), etag };
      const result = await container.write(partition, [guard, ...steps]);
      if (result.kind === "stored") {
        etag = result.etags[0] ?? "";
        return true;
      }
      // What was to be deleted is gone.
      if (result.step > 0) return true;
      const now = await container.read<KeptTombstone>(partition, tombstone.id);
      if (now?.value.clearing?.claim !== claim) return false;
      etag = now.etag;
    }
    throw new Breakdown("conflict", "A tenant was cleared away by others again and again.", { retryable: true });
  };
}

async function retireCards(
  container: CosmosContainer,
  goOn: GoOn,
  { removed }: KeptTombstone,
  dueAt: string,
): Promise<boolean> {
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
    if (last === undefined) return true;
    after = String(last.keys.order);
    const steps: WriteStep[] = [];
    for (const { value } of deliveries) {
      const card = await retiredCard(container, value, removed, dueAt);
      if (card !== null) steps.push({ do: "put", item: retiredCardItem(card) });
    }
    if (steps.length > 0 && !(await goOn(steps))) return false;
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

async function deleteAll(
  container: CosmosContainer,
  goOn: GoOn,
  partition: string,
  kind: "alert" | "delivery",
): Promise<boolean> {
  for (;;) {
    const found = await container.findVersions({ partition, kind, take: BATCH });
    if (found.length === 0) return true;
    if (!(await goOn([]))) return false;
    // A conflict means that one of them changed, or that somebody else has deleted it.
    await container.write(
      partition,
      found.map(({ id, etag }): WriteStep => ({ do: "delete", id, etag })),
    );
  }
}
