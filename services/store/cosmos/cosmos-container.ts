import { type Container, ErrorResponse } from "@azure/cosmos";
import type { Metrics } from "../../ports/metrics.ts";
import { OWNER_MISSING, storeFailure } from "./cosmos-failure.ts";
import type { Item, ItemKind, StoredItem } from "./cosmos-item.ts";
import { type ItemQuery, queryOf } from "./item-query.ts";
import { patiently } from "./patience.ts";
import { writeBatch } from "./write-batch.ts";

/** One step of a write. All steps of a write are done, or none. */
export type WriteStep =
  /** Only if there is no item of that id. */
  | { readonly do: "create"; readonly item: Item }
  /** Only the version that was read. */
  | { readonly do: "replace"; readonly item: Item; readonly etag: string }
  /** Whatever is there. */
  | { readonly do: "put"; readonly item: Item }
  /** Only if it is there; with an etag only that version. */
  | { readonly do: "delete"; readonly id: string; readonly etag?: string }
  /** Nothing is written to it, but it must be there. */
  | { readonly do: "require"; readonly id: string };

export type WriteResult =
  /** A tag for each step; null for those that leave none. */
  | { readonly kind: "stored"; readonly etags: readonly (string | null)[] }
  /** The first step that could not be done, counted from 0, and why; nothing was written. */
  | { readonly kind: "conflict"; readonly step: number; readonly why: "exists" | "absent" | "changed" };

/** At most so many steps in one write: https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-request-limits */
export const STEPS_PER_WRITE = 100;

/** The container, in the words of this adapter. Every method throws Breakdown "store-unavailable" where Cosmos does not answer. */
export interface CosmosContainer {
  read<Value>(partition: string, id: string): Promise<StoredItem<Value> | null>;
  /**
   * Steps within one partition, all or nothing. An answer that is lost is looked up before the write is repeated, so that it
   * is done once; waits that Cosmos asks for are kept.
   */
  write(partition: string, steps: readonly WriteStep[]): Promise<WriteResult>;
  /** Items in the query's order. */
  find<Value>(query: ItemQuery): Promise<readonly StoredItem<Value>[]>;
  /** As find, but the items' keys alone: cheaper where the value is not needed. */
  findKeys(query: ItemQuery): Promise<readonly Item["keys"][]>;
  count(query: ItemQuery): Promise<number>;
}

/** An item as it lies in the container. `w` names the write that put it there (write-batch.ts). */
export interface RawItem extends Omit<Item, "value"> {
  readonly pk: string;
  readonly value?: unknown;
  /** The value as JSON, where it is kept as a text. */
  readonly text?: string;
  readonly w: string;
  readonly _etag: string;
}

const PAGE = 200;

export function cosmosContainer(container: Container, metrics: Metrics): CosmosContainer {
  const again = patiently();
  const charge = (operation: string, kind: string, requestUnits: number) =>
    metrics.storeCharge(`${operation} ${kind}`, requestUnits);
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await again.execute(work);
    } catch (error) {
      throw storeFailure(error);
    }
  };

  const readRaw = async (partition: string, id: string): Promise<RawItem | null> => {
    const answer = await container.item(id, partition).read<RawItem>();
    charge("read", kindIn(id), answer.requestCharge);
    // The client answers 404 with nothing, also where the container itself is missing.
    if (answer.statusCode === 404 && answer.substatus === OWNER_MISSING) {
      throw Object.assign(new ErrorResponse("Owner resource does not exist."), { code: 404, substatus: OWNER_MISSING });
    }
    return answer.resource ?? null;
  };

  const pages = async <Row>(query: ItemQuery, select: string): Promise<readonly Row[]> => {
    const { spec, partition, skip, take } = queryOf(query, select);
    const rows: Row[] = [];
    const wanted = skip + take;
    const options = {
      maxItemCount: Math.min(PAGE, wanted),
      ...(partition === null ? {} : { partitionKey: partition }),
    };
    const iterator = container.items.query<Row>(spec, options);
    while (rows.length < wanted && iterator.hasMoreResults()) {
      const page = await iterator.fetchNext();
      charge("query", query.kind, page.requestCharge);
      rows.push(...(page.resources ?? []));
    }
    return rows.slice(skip, wanted);
  };

  return {
    read: <Value>(partition: string, id: string) =>
      guarded(async () => {
        const raw = await readRaw(partition, id);
        return raw === null ? null : storedItem<Value>(raw);
      }),
    write: async (partition, steps) => {
      try {
        return await writeBatch({ container, readRaw, charge, again }, partition, steps);
      } catch (error) {
        throw storeFailure(error);
      }
    },
    find: <Value>(query: ItemQuery) =>
      guarded(async () => (await pages<RawItem>(query, "*")).map((raw) => storedItem<Value>(raw))),
    findKeys: (query) => guarded(() => pages<Item["keys"]>(query, "VALUE c.keys")),
    count: (query) => guarded(async () => (await pages<number>(query, "VALUE COUNT(1)"))[0] ?? 0),
  };
}

/** Only this adapter writes the container, so the shape of a value is ours and is not parsed again. */
function storedItem<Value>({ id, kind, keys, value, text, ttl, _etag }: RawItem): StoredItem<Value> {
  const read = (text === undefined ? value : JSON.parse(text)) as Value;
  return { id, kind, keys, value: read, etag: _etag, ...(ttl === undefined ? {} : { ttl }) };
}

function kindIn(id: string): ItemKind | string {
  return id.split(":", 1)[0] ?? "";
}
