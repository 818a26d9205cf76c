import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { readBatch, refuseBatch, runAtomically, runLoosely, visibleTable } from "./atomic-batch.ts";
import { type CompiledQuery, compileQuery } from "./compiled-query.ts";
import type { ContainerItems, ItemTable, StoredItem } from "./container-items.ts";
import type { ContainerSettings } from "./container-settings.ts";
import type { Corrected } from "./corrections.ts";
import { type CosmosAnswer, refusal, refusedAnswer } from "./cosmos-answer.ts";
import { type ItemOperation, type ItemScope, operateItem } from "./item-operations.ts";
import { keepsUndefined, refuseOrder } from "./ordered-paths.ts";
import { unplanned } from "./planned-aggregate.ts";
import { queryPage, queryToken } from "./query-page.ts";
import { queryPlan, refuseWithoutPlan } from "./query-plan.ts";
import { queryCharge } from "./request-charge.ts";
import type { CosmosOperation } from "./request-log.ts";
import { endOf } from "./time-to-live.ts";

/** A request on the items of one container. */
export interface ItemRequest {
  readonly operation: CosmosOperation;
  /** In the path; absent where the path names all items. */
  readonly id?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A container as its items are asked for. */
export interface OpenContainer {
  readonly settings: ContainerSettings;
  readonly items: ContainerItems;
  readonly corrected: Corrected;
  readonly now: () => Date;
}

const document = z.record(z.string(), z.unknown());
const query = z.object({
  query: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
});
const compiled = new Map<string, CompiledQuery>();

/** What an address and its headers ask for, as Cosmos' REST interface reads them. */
export function operationOf(method: string, hasId: boolean, headers: IncomingHttpHeaders): CosmosOperation | undefined {
  const says = (name: string) => String(headers[name] ?? "").toLowerCase() === "true";
  if (hasId) return { GET: "read", PUT: "replace", DELETE: "delete" }[method] as CosmosOperation | undefined;
  if (method !== "POST") return undefined;
  if (says("x-ms-documentdb-isquery") || headers["content-type"] === "application/query+json") return "query";
  if (says("x-ms-cosmos-is-batch-request")) return "batch";
  return says("x-ms-documentdb-is-upsert") ? "upsert" : "create";
}

/** The partition that a request names, as JSON; null: none. */
export function partitionOf(headers: IncomingHttpHeaders): string | null {
  const named = headers["x-ms-documentdb-partitionkey"];
  return typeof named === "string" ? JSON.stringify(JSON.parse(named)) : null;
}

export function answerItems(container: OpenContainer, request: ItemRequest): CosmosAnswer {
  const partition = partitionOf(request.headers);
  if (request.operation === "query") return answerQuery(container, request, partition);
  if (partition === null) return refusedAnswer(refusal(400, "PartitionKey value must be supplied for this operation."));
  const scope: ItemScope = { ...container, now: container.now(), partitionKey: partition };
  const table = tableOf(container, partition);
  if (request.operation === "batch") return answerBatch(scope, table, request);
  const outcome = operateItem(scope, table, itemOperation(request, request.operation));
  if (outcome.kind === "refused") return refusedAnswer(outcome.refusal, outcome.charge);
  const { status, item, charge } = outcome;
  const headers: Record<string, string> = item === undefined ? {} : { etag: item.body._etag };
  return { status, headers, body: item === undefined ? "" : JSON.stringify(item.body), charge };
}

function itemOperation(
  { id = "", headers, body }: ItemRequest,
  operation: Exclude<CosmosOperation, "query" | "batch">,
): ItemOperation {
  const conditions = {
    conditions: { ifMatch: headers["if-match"], ifNoneMatch: headers["if-none-match"] },
  };
  switch (operation) {
    case "read":
    case "delete":
      return { kind: operation, id, ...conditions };
    case "create":
    case "upsert":
      return { kind: operation, document: document.parse(JSON.parse(body)), ...conditions };
    case "replace":
      return { kind: operation, id, document: document.parse(JSON.parse(body)), ...conditions };
  }
}

function answerBatch(scope: ItemScope, table: ItemTable, { body }: ItemRequest): CosmosAnswer {
  const batch = readBatch(body);
  if (batch.kind === "refused") return refusedAnswer(batch.refusal);
  const refused = refuseBatch(batch.operations, Buffer.byteLength(body));
  if (refused !== undefined && scope.corrected("item-limits")) return refusedAnswer(refused);
  const run = scope.corrected("atomic-batch") ? runAtomically : runLoosely;
  const { status, results } = run(table, batch.operations, (staged, operation) =>
    operateItem(scope, staged, operation),
  );
  const charge = results.reduce((sum, { requestCharge }) => sum + requestCharge, 0);
  return { status, headers: {}, body: JSON.stringify(results), charge };
}

function answerQuery(container: OpenContainer, request: ItemRequest, partition: string | null): CosmosAnswer {
  const { headers } = request;
  const asked = query.parse(JSON.parse(request.body));
  const { sql, answer } = unplanned(asked.query);
  const compiledQuery = compiled.get(asked.query) ?? compileQuery(sql);
  compiled.set(asked.query, compiledQuery);
  const { settings, corrected } = container;
  const unordered = corrected("ordered-paths") ? refuseOrder(compiledQuery.order, settings) : undefined;
  if (unordered !== undefined) return refusedAnswer(unordered);
  if (headers["x-ms-cosmos-is-query-plan-request"] !== undefined) {
    return { status: 200, headers: {}, body: JSON.stringify(queryPlan(asked.query, compiledQuery)), charge: 0 };
  }
  const ofRange = headers["x-ms-documentdb-partitionkeyrangeid"] !== undefined;
  const crosses = String(headers["x-ms-documentdb-query-enablecrosspartition"] ?? "").toLowerCase() === "true";
  if (partition === null && !crosses && corrected("partition-scope")) {
    return refusedAnswer(refusal(400, "Cross partition query is required but disabled."));
  }
  const withoutPlan =
    partition === null && !ofRange && corrected("query-plan") ? refuseWithoutPlan(compiledQuery) : undefined;
  if (withoutPlan !== undefined) return refusedAnswer(withoutPlan);

  const narrowed = partition !== null && corrected("partition-scope");
  const items = narrowed ? visibleItems(container, [partition]) : visibleItems(container);
  const token = headers["x-ms-continuation"];
  const page = queryPage({
    query: compiledQuery,
    parameters: Object.fromEntries(asked.parameters.map(({ name, value }) => [name, value])),
    items,
    limit: limitOf(headers["x-ms-max-item-count"]),
    token: typeof token === "string" && token !== "" ? queryToken.parse(JSON.parse(token)) : undefined,
    keepsUndefined: keepsUndefined(compiledQuery.order, settings),
  });
  const charge = queryCharge({ partitions: 1, ...page });
  const more: Record<string, string> =
    page.token === undefined ? {} : { "x-ms-continuation": JSON.stringify(page.token) };
  const count = page.answers.length;
  const body = `{"_rid":"${settings.rid}","Documents":[${page.answers.map(answer).join(",")}],"_count":${count}}`;
  return { status: 200, headers: { "x-ms-item-count": String(count), ...more }, body, charge };
}

/** -1 and nothing: as Cosmos likes, which is a hundred. */
function limitOf(header: string | string[] | undefined): number {
  const asked = Number(header ?? -1);
  return asked > 0 ? asked : 100;
}

function isVisible({ settings, corrected, now }: OpenContainer): (item: StoredItem) => boolean {
  if (!corrected("time-to-live")) return () => true;
  const seconds = now().getTime() / 1000;
  return ({ body }) => (endOf(body, settings.defaultTtl) ?? Number.POSITIVE_INFINITY) > seconds;
}

function tableOf(container: OpenContainer, partition: string): ItemTable {
  return visibleTable(container.items.partition(partition).items, isVisible(container));
}

function* visibleItems(container: OpenContainer, keys?: readonly string[]): Generator<StoredItem> {
  const visible = isVisible(container);
  const partitions = keys?.map((key) => container.items.partition(key)) ?? container.items.partitions();
  for (const { items } of partitions) {
    for (const item of items.values()) if (visible(item)) yield item;
  }
}
