import { z } from "zod";
import type { ItemTable, StoredItem } from "./container-items.ts";
import { storeItem } from "./container-items.ts";
import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";
import { MOST_BYTES } from "./item-limits.ts";
import type { ItemOperation, ItemOutcome } from "./item-operations.ts";

const MOST_OPERATIONS = 100;

const conditions = { ifMatch: z.string().optional(), ifNoneMatch: z.string().optional() };
const document = z.record(z.string(), z.unknown());
const operations = z.array(
  z.discriminatedUnion("operationType", [
    z.object({ operationType: z.literal("Create"), resourceBody: document, ...conditions }),
    z.object({ operationType: z.literal("Upsert"), resourceBody: document, ...conditions }),
    z.object({ operationType: z.literal("Replace"), id: z.string(), resourceBody: document, ...conditions }),
    z.object({ operationType: z.literal("Read"), id: z.string(), ...conditions }),
    z.object({ operationType: z.literal("Delete"), id: z.string(), ...conditions }),
  ]),
);

type BatchInput = z.infer<typeof operations>[number];

export type ReadBatch = { kind: "batch"; operations: ItemOperation[] } | { kind: "refused"; refusal: CosmosRefusal };

/** Reads the body of a batch; patches are not simulated and are refused like anything unknown. */
export function readBatch(body: string): ReadBatch {
  const parsed = operations.safeParse(JSON.parse(body));
  if (parsed.success) return { kind: "batch", operations: parsed.data.map(itemOperation) };
  const [issue] = parsed.error.issues;
  return { kind: "refused", refusal: refusal(400, `Invalid batch: ${issue?.path.join(".")} ${issue?.message}`) };
}

/**
 * A transactional batch, after https://learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch: all operations lie in
 * one partition, see what those before them did, and take effect together or not at all; 100 operations and 2 MB at most.
 * When all succeed the answer is 200; when one fails it is 207, that one has its own status and all others have 424.
 * The package keeps what it did before the failure, and knows no limit.
 */
export function runAtomically(
  table: ItemTable,
  list: ItemOperation[],
  operate: (table: ItemTable, operation: ItemOperation) => ItemOutcome,
): { status: 200 | 207; results: BatchResult[] } {
  const staged = new StagedTable(table);
  const results: BatchResult[] = [];
  for (const operation of list) {
    const outcome = operate(staged, operation);
    if (outcome.kind === "refused") {
      const others = list.map((): BatchResult => ({ statusCode: 424, requestCharge: 0 }));
      return { status: 207, results: others.with(results.length, batchResult(outcome)) };
    }
    results.push(batchResult(outcome));
  }
  staged.commit();
  return { status: 200, results };
}

/** What the package does by itself: one after the other, and what was done stays. */
export function runLoosely(
  table: ItemTable,
  list: ItemOperation[],
  operate: (table: ItemTable, operation: ItemOperation) => ItemOutcome,
): { status: 200; results: BatchResult[] } {
  let failed = false;
  const results = list.map((operation): BatchResult => {
    if (failed) return { statusCode: 424, requestCharge: 0 };
    const result = batchResult(operate(table, operation));
    failed = result.statusCode >= 400;
    return result;
  });
  return { status: 200, results };
}

export function refuseBatch(list: ItemOperation[], bytes: number): CosmosRefusal | undefined {
  if (bytes > MOST_BYTES) return refusal(413, "Request size is too large");
  if (list.length > MOST_OPERATIONS) return refusal(400, "Batch request has more operations than what is supported.");
  return list.length === 0 ? refusal(400, "Batch request has no operations.") : undefined;
}

export interface BatchResult {
  statusCode: number;
  requestCharge: number;
  eTag?: string;
  resourceBody?: StoredItem["body"];
}

function batchResult(outcome: ItemOutcome): BatchResult {
  if (outcome.kind === "refused") return { statusCode: outcome.refusal.status, requestCharge: outcome.charge };
  const { status, charge, item } = outcome;
  const result = { statusCode: status, requestCharge: charge };
  return item === undefined ? result : { ...result, eTag: item.body._etag, resourceBody: item.body };
}

function itemOperation(input: BatchInput): ItemOperation {
  const preconditions = { conditions: { ifMatch: input.ifMatch, ifNoneMatch: input.ifNoneMatch } };
  switch (input.operationType) {
    case "Create":
      return { kind: "create", document: input.resourceBody, ...preconditions };
    case "Upsert":
      return { kind: "upsert", document: input.resourceBody, ...preconditions };
    case "Replace":
      return { kind: "replace", id: input.id, document: input.resourceBody, ...preconditions };
    case "Read":
      return { kind: "read", id: input.id, ...preconditions };
    case "Delete":
      return { kind: "delete", id: input.id, ...preconditions };
  }
}

/** Keeps changes beside the table until they are committed. */
class StagedTable implements ItemTable {
  readonly #table: ItemTable;
  readonly #changes = new Map<string, StoredItem | undefined>();

  constructor(table: ItemTable) {
    this.#table = table;
  }

  get(id: string): StoredItem | undefined {
    return this.#changes.has(id) ? this.#changes.get(id) : this.#table.get(id);
  }

  set(item: StoredItem): void {
    this.#changes.set(item.body.id, item);
  }

  delete(id: string): void {
    this.#changes.set(id, undefined);
  }

  commit(): void {
    for (const [id, item] of this.#changes) {
      if (item === undefined) this.#table.delete(id);
      else this.#table.set(item);
    }
  }
}

/** The items of a partition that are visible; one that is not is gone as soon as it is asked for. */
export function visibleTable(items: Map<string, StoredItem>, isVisible: (item: StoredItem) => boolean): ItemTable {
  return {
    get(id) {
      const item = items.get(id);
      if (item === undefined || isVisible(item)) return item;
      items.delete(id);
      return undefined;
    },
    set: (item) => storeItem(items, item),
    delete: (id) => {
      items.delete(id);
    },
  };
}
