import type { Instant } from "../../domain/instant.ts";
import type { TenantScope } from "../../ports/stores.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, type ItemKind } from "./cosmos-item.ts";

interface DueQuery {
  readonly kind: ItemKind;
  /** The key that says when; `dueAt` unless told. */
  readonly by?: "dueAt" | "lookAt";
  readonly now: Instant;
  readonly limit: number;
}

/**
 * The keys of what is due, the longest due first: one question to each account's partition, since whose Teams may use the bot
 * is known. Items at rest have null there, which no text is compared with.
 */
export async function dueKeys(
  container: CosmosContainer,
  accountIds: readonly string[],
  { kind, now, limit, by = "dueAt" }: DueQuery,
): Promise<readonly Item["keys"][]> {
  const found = await Promise.all(
    accountIds.map((accountId) =>
      container.findKeys({
        partition: accountPartition(accountId),
        kind,
        where: [`k.${by} <= @now`],
        values: { now },
        orderBy: [by],
        take: limit,
      }),
    ),
  );
  return found
    .flat()
    .sort((left, right) => (String(left[by]) < String(right[by]) ? -1 : 1))
    .slice(0, limit);
}

/** The scopes among the keys of what is due. */
export function scopesOf(keys: readonly Item["keys"][]): readonly TenantScope[] {
  return keys.map(({ accountId, tenantId }) => ({ accountId: String(accountId), tenantId: String(tenantId) }));
}
