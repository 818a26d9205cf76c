import type { AlertRecord } from "../../domain/alert-record.ts";
import type { Instant } from "../../domain/instant.ts";
import { searched } from "../../domain/search-text.ts";
import type { AlertFilter, AlertStore, Versioned } from "../../ports/stores.ts";
import { alertId } from "./alert-items.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { keyText, type StoredItem, tenantPartition } from "./cosmos-item.ts";
import { amongTexts, type ItemQuery } from "./item-query.ts";

type Reads = Pick<AlertStore, "get" | "getMany" | "list" | "find" | "counts" | "dueToSettle" | "dueToAnnounce">;

/** Ids in one question; more are asked for in several. */
const IDS_PER_QUERY = 100;

/**
 * What reads alerts. A tenant's stand in one partition. Three questions go to all partitions: an account's whole list and a
 * look-up by id alone, which a person asks now and then, and what is due by the schedule, which then names its tenants.
 */
export function alertReads(container: CosmosContainer): Reads {
  return {
    get: async (scope, id) => versioned(await container.read<AlertRecord>(tenantPartition(scope), alertId(id))),
    getMany: async (scope, ids) => {
      const wanted = [...new Set(ids)];
      const found: Versioned<AlertRecord>[] = [];
      for (let from = 0; from < wanted.length; from += IDS_PER_QUERY) {
        const part = wanted.slice(from, from + IDS_PER_QUERY);
        const items = await container.find<AlertRecord>({
          partition: tenantPartition(scope),
          kind: "alert",
          ...amongTexts("k.alertId", part),
        });
        found.push(...items.map(({ value, etag }) => ({ value, etag })));
      }
      return found;
    },
    list: async ({ accountId, tenantId, filter, offset, limit }) => {
      const { where, values } = conditionsOf(filter);
      const place =
        tenantId === null
          ? { partition: null, where: [...where, "k.accountId = @accountId"], values: { ...values, accountId } }
          : { partition: tenantPartition({ accountId, tenantId }), where, values };
      const query: ItemQuery = { ...place, kind: "alert", orderBy: ["order"], descending: true };
      const found = await container.find<AlertRecord>({ ...query, skip: offset, take: limit });
      return found.map(({ value }) => value);
    },
    find: async (accountId, id) => {
      const [found] = await container.find<AlertRecord>({
        partition: null,
        kind: "alert",
        where: ["k.accountId = @accountId", "k.alertId = @id"],
        values: { accountId, id: keyText(id) },
        orderBy: ["order"],
        descending: true,
        take: 1,
      });
      return found?.value ?? null;
    },
    counts: async (scope) => {
      const query = { partition: tenantPartition(scope), kind: "alert" as const };
      const [total, open, olderOpen] = await Promise.all([
        container.count(query),
        container.count({ ...query, where: [OPEN] }),
        container.count({ ...query, where: [OPEN, "k.baseline = true"] }),
      ]);
      return { open, olderOpen, total };
    },
    dueToSettle: (due) => dueBy(container, "settleAt", due),
    dueToAnnounce: (due) => dueBy(container, "announceAt", due),
  };
}

/** Every alert that is not resolved counts as open, one of unknown status too. */
const OPEN = `k.status <> "resolved"`;

async function dueBy(
  container: CosmosContainer,
  key: "settleAt" | "announceAt",
  { now, limit }: { now: Instant; limit: number },
) {
  const keys = await container.findKeys({
    partition: null,
    kind: "alert",
    where: [`k.${key} <= @now`],
    values: { now },
    orderBy: [key],
    take: limit,
  });
  return keys.map(({ tenantId, alertId: id }) => ({ tenantId: String(tenantId), alertId: String(id) }));
}

function conditionsOf(filter: AlertFilter): { where: string[]; values: Record<string, string> } {
  const where: string[] = [];
  const values: Record<string, string> = {};
  const add = (condition: string, name: string, value: string | undefined) => {
    if (value === undefined || value === "") return;
    where.push(condition);
    values[name] = value;
  };
  add("k.createdAt >= @since", "since", filter.createdSince);
  add("k.createdAt < @before", "before", filter.createdBefore);
  add("k.severity = @severity", "severity", filter.severity);
  if (filter.status === "open") where.push(OPEN);
  else add("k.status = @status", "status", filter.status);
  add("CONTAINS(k.search, @text)", "text", searched(filter.text));
  return { where, values };
}

function versioned(found: StoredItem<AlertRecord> | null): Versioned<AlertRecord> | null {
  return found === null ? null : { value: found.value, etag: found.etag };
}
