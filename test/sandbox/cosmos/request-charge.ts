/**
 * Request units, as a model of Azure's published rules of thumb; not a measurement. Sources:
 * - https://learn.microsoft.com/azure/cosmos-db/optimize-cost-reads-writes: a point read of 1 KB costs 1 RU and of 100 KB
 *   10 RU; writing 1 KB without indexes about 5.5 RU; replacing twice as much as creating; each indexed property adds to it.
 * - https://learn.microsoft.com/azure/cosmos-db/key-value-store-cost: writing 100 KB without indexes about 50 RU.
 * - https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-query-container: a query costs about 2.5 RU at least on each
 *   physical partition it visits, and more with the documents that it loads.
 * Between the published sizes we draw a straight line. Ours, because no source gives a number: 0.2 RU for each indexed
 * property, deleting as much as creating, 0.3 RU for each document a query loads and 0.05 RU for each that fits its filter. An
 * index is taken to serve every filter, as ours do: they name the indexed `kind` and `keys` and nothing else (item-query.ts).
 */
const READ_PER_KB = 9 / 99;
const WRITE_PER_KB = 44.5 / 99;
const PER_INDEXED_PROPERTY = 0.2;
const QUERY_BASE = 2.5;
const PER_LOADED = 0.3;
const PER_MATCH = 0.05;

export function readCharge(bytes: number): number {
  return rounded(1 + beyondFirst(bytes) * READ_PER_KB);
}

/** A read of an item that does not exist costs what the smallest read does. */
export const ABSENT_CHARGE = 1;

export function writeCharge(write: { kind: "create" | "replace" | "delete"; bytes: number; indexed: number }): number {
  const once = 5.5 + beyondFirst(write.bytes) * WRITE_PER_KB + write.indexed * PER_INDEXED_PROPERTY;
  return rounded(write.kind === "replace" ? 2 * once : once);
}

/** One page on `partitions` physical partitions. */
export function queryCharge(page: {
  partitions: number;
  matched: number;
  loaded: number;
  loadedBytes: number;
}): number {
  const size = (page.loadedBytes / 1024) * READ_PER_KB;
  return rounded(page.partitions * QUERY_BASE + page.matched * PER_MATCH + page.loaded * PER_LOADED + size);
}

function beyondFirst(bytes: number): number {
  return Math.max(0, bytes / 1024 - 1);
}

function rounded(units: number): number {
  return Math.round(units * 100) / 100;
}
