import type { StoredItem } from "./container-items.ts";
import type { OrderedPath } from "./ordered-paths.ts";

/** Where a row stands in the order of a query: its values along ORDER BY, then its item. */
export interface OrderPosition {
  /** Undefined stands as an absent entry, since a token is JSON. */
  values: { value?: unknown }[];
  ordinal: number;
}

const TYPES = ["undefined", "null", "boolean", "number", "string", "array", "object"];

export function positionOf(item: StoredItem, order: OrderedPath[]): OrderPosition {
  return { values: order.map(({ names }) => valueAt(item.body, names)), ordinal: item.ordinal };
}

/** Negative if the first comes first; items of equal values follow their creation, backwards when the order descends. */
export function comparePositions(one: OrderPosition, other: OrderPosition, order: OrderedPath[]): number {
  for (const [at, { descending }] of order.entries()) {
    const compared = compareValues(one.values[at]?.value, other.values[at]?.value);
    if (compared !== 0) return descending ? -compared : compared;
  }
  const created = one.ordinal - other.ordinal;
  return order.some(({ descending }) => descending) ? -created : created;
}

function valueAt(document: object, names: string[]): { value?: unknown } {
  let value: unknown = document;
  for (const name of names) {
    if (typeof value !== "object" || value === null) return {};
    const from: object = value;
    value = Reflect.get(from, name);
  }
  return value === undefined ? {} : { value };
}

function compareValues(one: unknown, other: unknown): number {
  const byType = TYPES.indexOf(typeOf(one)) - TYPES.indexOf(typeOf(other));
  if (byType !== 0) return byType;
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "string" && typeof other === "string") return one === other ? 0 : one < other ? -1 : 1;
  if (typeof one === "boolean" && typeof other === "boolean") return Number(one) - Number(other);
  return 0;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
