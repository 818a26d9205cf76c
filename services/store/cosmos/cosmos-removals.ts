import type { RetiredCard } from "../../domain/removed-tenant.ts";
import type { RemovalStore } from "../../ports/removal-store.ts";
import { retiredCardId, retiredCardItem } from "./clear-tenant.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, keyText } from "./cosmos-item.ts";
import { dueKeys } from "./due-keys.ts";
import { type KeptTombstone, tombstoneId } from "./link-items.ts";

/** Tombstones of removed tenants, and their cards that do not say so yet; in the account's partition. */
export function cosmosRemovals(container: CosmosContainer, accountIds: readonly string[]): RemovalStore {
  return {
    get: async ({ accountId, tenantId }) => {
      const found = await container.read<KeptTombstone>(accountPartition(accountId), tombstoneId(tenantId));
      return found?.value.removed ?? null;
    },
    countCards: ({ accountId, tenantId }) =>
      container.count({
        partition: accountPartition(accountId),
        kind: "retiredCard",
        where: ["k.tenantId = @tenantId"],
        values: { tenantId: keyText(tenantId) },
      }),
    putCard: async (card) => {
      await container.write(accountPartition(card.accountId), [{ do: "put", item: retiredCardItem(card) }]);
    },
    removeCard: async (card) => {
      await container.write(accountPartition(card.accountId), [{ do: "delete", id: retiredCardId(card) }]);
    },
    dueCards: async ({ tenantId, now, limit }) => {
      const found = await Promise.all(
        accountIds.map((accountId) =>
          container.find<RetiredCard>({
            partition: accountPartition(accountId),
            kind: "retiredCard",
            where: ["k.tenantId = @tenantId", "k.dueAt <= @now"],
            values: { tenantId: keyText(tenantId), now },
            orderBy: ["dueAt"],
            take: limit,
          }),
        ),
      );
      const cards = found.flat().map(({ value }) => value);
      return cards.sort((left, right) => (left.dueAt < right.dueAt ? -1 : 1)).slice(0, limit);
    },
    due: async ({ now, limit }) => {
      const keys = await dueKeys(container, accountIds, { kind: "retiredCard", now, limit: CARDS_LOOKED_AT });
      return [...new Set(keys.map(({ tenantId }) => String(tenantId)))].slice(0, limit);
    },
  };
}

/** Cards of one tenant are many; what is due of the others is found when these are done. */
const CARDS_LOOKED_AT = 500;
