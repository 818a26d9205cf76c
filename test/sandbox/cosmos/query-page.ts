import { z } from "zod";
import type { CompiledQuery, QueryHit, QueryParameters } from "./compiled-query.ts";
import type { StoredItem } from "./container-items.ts";
import type { OrderPosition } from "./query-order.ts";
import { comparePositions, positionOf } from "./query-order.ts";

/** After https://learn.microsoft.com/azure/cosmos-db/nosql/query/pagination: a page ends at 4 MB whatever was asked for. */
const MOST_PAGE_BYTES = 4 * 1024 * 1024;
const AT_ONCE = 1000;

/** Where the next page begins; goes to the client as the continuation token. */
export interface QueryToken {
  after: OrderPosition;
  /** Answers so far, which count against TOP. */
  given: number;
}

export interface PageRequest {
  query: CompiledQuery;
  parameters: QueryParameters;
  /** In the order of their ordinals; only those that are visible. */
  items: Iterable<StoredItem>;
  /** Answers on the page. */
  limit: number;
  token: QueryToken | undefined;
  keepsUndefined: boolean;
}

export interface QueryPage {
  /** JSON texts. */
  answers: string[];
  token: QueryToken | undefined;
  /** How many fit, on this page or not. */
  matched: number;
  loaded: number;
  loadedBytes: number;
}

const position = z.object({ values: z.array(z.object({ value: z.unknown().optional() })), ordinal: z.number() });
export const queryToken = z.object({ after: position, given: z.number() });

/** One page of a query over the items of one partition, or of one physical partition. */
export function queryPage(request: PageRequest): QueryPage {
  if (request.query.aggregates.length > 0) return aggregatePage(request);
  const top = topOf(request.query, request.parameters) - (request.token?.given ?? 0);
  const sorted = request.query.order.length > 0;
  const source = sorted ? sortedHits(request) : hitsInOrder(request);
  const page: QueryPage = { answers: [], token: undefined, matched: 0, loaded: 0, loadedBytes: 0 };
  let last: StoredItem | undefined;
  let bytes = 0;
  for (const hits of source) {
    page.matched += hits.length;
    for (const { item, value } of hits) {
      if (page.answers.length >= top) return page;
      const answer = JSON.stringify(value);
      const full =
        page.answers.length >= request.limit || (last !== undefined && bytes + answer.length > MOST_PAGE_BYTES);
      if (full && last !== undefined) {
        const given = (request.token?.given ?? 0) + page.answers.length;
        return { ...page, token: { after: positionOf(last, request.query.order), given } };
      }
      page.answers.push(answer);
      page.loaded += 1;
      page.loadedBytes += item.bytes;
      bytes += answer.length;
      last = item;
    }
  }
  return page;
}

type Chunk = { item: StoredItem; value: unknown }[];

/** Without ORDER BY: a thousand items at a time, so that a page need not look at all of them. */
function* hitsInOrder({ query, parameters, items, token }: PageRequest): Generator<Chunk> {
  let chunk: StoredItem[] = [];
  for (const item of items) {
    if (token !== undefined && item.ordinal <= token.after.ordinal) continue;
    chunk.push(item);
    if (chunk.length < AT_ONCE) continue;
    yield withItems(query.hits(bodies(chunk), parameters), chunk);
    chunk = [];
  }
  yield withItems(query.hits(bodies(chunk), parameters), chunk);
}

function* sortedHits({ query, parameters, items, token, keepsUndefined }: PageRequest): Generator<Chunk> {
  const all = [...items];
  const placed = withItems(query.hits(bodies(all), parameters), all)
    .map((hit) => ({ ...hit, at: positionOf(hit.item, query.order) }))
    .filter(({ at }) => keepsUndefined || at.values.every((entry) => entry.value !== undefined))
    .filter(({ at }) => token === undefined || comparePositions(at, token.after, query.order) > 0)
    .sort((one, other) => comparePositions(one.at, other.at, query.order));
  yield placed;
}

function aggregatePage({ query, parameters, items }: PageRequest): QueryPage {
  const all = [...items];
  const answer = query.aggregate(bodies(all), parameters);
  const answers = answer === undefined ? [] : [JSON.stringify(answer)];
  const matched = query.aggregates[0] === "Count" ? Number(answer ?? 0) : all.length;
  return { answers, token: undefined, matched, loaded: 0, loadedBytes: 0 };
}

function withItems(hits: QueryHit[], items: StoredItem[]): Chunk {
  const found: Chunk = [];
  let at = 0;
  // Hits come in the order of the items; one item may give several (JOIN).
  for (const { value, document } of hits) {
    while (items[at] !== undefined && items[at]?.body !== document) at += 1;
    const item = items[at];
    if (item !== undefined) found.push({ item, value });
  }
  return found;
}

function bodies(items: StoredItem[]): object[] {
  return items.map((item) => item.body);
}

function topOf({ top }: CompiledQuery, parameters: QueryParameters): number {
  if (top === undefined) return Number.POSITIVE_INFINITY;
  return typeof top === "number" ? top : z.number().parse(parameters[top]);
}
