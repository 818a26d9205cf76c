import { type Container, ErrorResponse, type QueryIterator } from "@azure/cosmos";
import { Breakdown } from "../../domain/breakdown.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { answerInTime } from "./answer-in-time.ts";
import { OWNER_MISSING, storeFailure } from "./cosmos-failure.ts";
import { type Item, keptValue, type RawItem, type StoredItem } from "./cosmos-item.ts";
import { type ItemQuery, queryOf } from "./item-query.ts";
import { patiently } from "./patience.ts";
import { sendBatch } from "./send-batch.ts";
import { writeBatch } from "./write-batch.ts";
import type { WriteResult, WriteStep } from "./write-step.ts";

/** The container, in the words of this adapter. Every method throws Breakdown "store-unavailable" where Cosmos does not answer. */
export interface CosmosContainer {
  read<Value>(partition: string, id: string): Promise<StoredItem<Value> | null>;
  /**
   * The item as it is at this moment, whoever wrote it: asked for as a batch, which is carried out where writes are, while a
   * read may be answered by a replica that lags behind what others wrote. Dearer; for decisions that no etag guards.
   */
  readNow<Value>(partition: string, id: string): Promise<StoredItem<Value> | null>;
  /**
   * Steps within one partition, all or nothing. An answer that is lost is looked up before the write is repeated, so that it
   * is done once; waits that Cosmos asks for are kept.
   */
  write(partition: string, steps: readonly WriteStep[]): Promise<WriteResult>;
  /** Items in the query's order. */
  find<Value>(query: ItemQuery): Promise<readonly StoredItem<Value>[]>;
  /** As find, but as they lie there, whatever was done to them: for whoever checks them. */
  findRaw(query: ItemQuery): Promise<readonly RawItem[]>;
  /**
   * The first items of the query's order as they lie there, at most so many, none only where there are none. `isLast`: nothing
   * follows; where it is false, nothing may follow all the same.
   */
  findSome(query: ItemQuery, most: number): Promise<{ items: readonly RawItem[]; isLast: boolean }>;
  /** As find, but the items' keys alone: cheaper where the value is not needed. */
  findKeys(query: ItemQuery): Promise<readonly Item["keys"][]>;
  /** As find, but only which items in which versions. */
  findVersions(query: ItemQuery): Promise<readonly ItemVersion[]>;
  count(query: ItemQuery): Promise<number>;
  /** Whatever is asked for from then on is refused. */
  close(): void;
}

export interface ItemVersion {
  readonly id: string;
  readonly etag: string;
}

const PAGE = 200;

export function cosmosContainer(container: Container, metrics: Metrics): CosmosContainer {
  const again = patiently();
  let closed = false;
  const charge = (operation: string, kind: string, requestUnits: number) =>
    metrics.storeCharge(`${operation} ${kind}`, requestUnits);
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closed) throw new Breakdown("store-unavailable", "The store is closed.");
    try {
      return await work();
    } catch (error) {
      throw storeFailure(error);
    }
  };

  /** What only reads is asked for again as a whole. */
  const patient = <Result>(work: () => Promise<Result>) => guarded(() => again.execute(work));

  const readRaw = async (partition: string, id: string): Promise<RawItem | null> => {
    const answer = await answerInTime((abortSignal) => container.item(id, partition).read<RawItem>({ abortSignal }));
    charge("read", kindIn(id), answer.requestCharge);
    // The client answers 404 with nothing, also where the container itself is missing.
    if (answer.statusCode === 404 && answer.substatus === OWNER_MISSING) {
      throw Object.assign(new ErrorResponse("Owner resource does not exist."), { code: 404, substatus: OWNER_MISSING });
    }
    return answer.resource ?? null;
  };

  const readRawNow = async (partition: string, id: string): Promise<RawItem | null> => {
    const answer = await answerInTime(() => sendBatch(container, [{ operationType: "Read", id }], partition));
    charge("read", kindIn(id), Number(answer.headers["x-ms-request-charge"] ?? 0));
    const result = answer.result?.[0];
    if (result?.statusCode === 404) return null;
    if (result?.resourceBody === undefined) {
      throw Object.assign(new ErrorResponse("A read was refused."), { code: result?.statusCode ?? 500 });
    }
    return result.resourceBody as unknown as RawItem;
  };

  const iteratorOf = <Row>(query: ItemQuery, select: string, maxItemCount: number) => {
    const { spec, partition } = queryOf(query, select);
    const options = {
      maxItemCount,
      // Without its partition a query that sorts is refused until it is planned: the client would ask in vain first.
      ...(partition === null ? { forceQueryPlan: true } : { partitionKey: partition }),
    };
    return container.items.query<Row>(spec, options);
  };
  const nextOf = async <Row>(iterator: QueryIterator<Row>, kind: string): Promise<readonly Row[]> => {
    const page = await answerInTime(() => iterator.fetchNext());
    charge("query", kind, page.requestCharge);
    return page.resources ?? [];
  };

  const pages = async <Row>(query: ItemQuery, select: string): Promise<readonly Row[]> => {
    const { skip = 0, take = Number.MAX_SAFE_INTEGER } = query;
    const rows: Row[] = [];
    const wanted = skip + take;
    const iterator = iteratorOf<Row>(query, select, Math.min(PAGE, wanted));
    while (rows.length < wanted && iterator.hasMoreResults()) rows.push(...(await nextOf(iterator, query.kind)));
    return rows.slice(skip, wanted);
  };

  const some = async (query: ItemQuery, most: number) => {
    const iterator = iteratorOf<RawItem>(query, "*", most);
    let items: readonly RawItem[] = [];
    while (items.length === 0 && iterator.hasMoreResults()) items = await nextOf(iterator, query.kind);
    return { items, isLast: !iterator.hasMoreResults() };
  };

  return {
    read: <Value>(partition: string, id: string) =>
      patient(async () => {
        const raw = await readRaw(partition, id);
        return raw === null ? null : storedItem<Value>(raw);
      }),
    readNow: <Value>(partition: string, id: string) =>
      patient(async () => {
        const raw = await readRawNow(partition, id);
        return raw === null ? null : storedItem<Value>(raw);
      }),
    write: (partition, steps) =>
      guarded(() => writeBatch({ container, readRaw: readRawNow, charge, again }, partition, steps)),
    find: <Value>(query: ItemQuery) =>
      patient(async () => (await pages<RawItem>(query, "*")).map((raw) => storedItem<Value>(raw))),
    findRaw: (query) => patient(() => pages<RawItem>(query, "*")),
    findSome: (query, most) => patient(() => some(query, most)),
    findKeys: (query) => patient(() => pages<Item["keys"]>(query, "VALUE c.keys")),
    findVersions: (query) =>
      patient(async () => {
        const found = await pages<{ id: string; _etag: string }>(query, "c.id, c._etag");
        return found.map(({ id, _etag }) => ({ id, etag: _etag }));
      }),
    count: (query) => patient(async () => (await pages<number>(query, "VALUE COUNT(1)"))[0] ?? 0),
    close: () => {
      closed = true;
    },
  };
}

function storedItem<Value>(raw: RawItem): StoredItem<Value> {
  const { id, kind, keys, ttl, _etag } = raw;
  return { id, kind, keys, value: keptValue<Value>(raw), etag: _etag, ...(ttl === undefined ? {} : { ttl }) };
}

function kindIn(id: string): string {
  return id.split(":", 1)[0] ?? "";
}
