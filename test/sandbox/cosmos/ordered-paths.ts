import type { ContainerSettings } from "./container-settings.ts";
import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

/** One path of ORDER BY: the names after the one from FROM. */
export interface OrderedPath {
  names: string[];
  descending: boolean;
}

/**
 * Refuses an ORDER BY that no index serves, after
 * https://learn.microsoft.com/azure/cosmos-db/index-policy: one path must be indexed; two or more need a composite index of
 * the same paths in the same sequence, with all directions the same or all the other way round. Where included and excluded
 * paths both fit, the more precise one counts; `id` and `_ts` are always indexed. A filter on an excluded path is allowed and
 * costs a scan. The package lets one path pass whatever the policy says.
 */
export function refuseOrder(order: OrderedPath[], settings: ContainerSettings): CosmosRefusal | undefined {
  if (order.length > 1) {
    if (settings.composites.some((composite) => serves(composite, order))) return undefined;
    return refusal(400, "The order by query does not have a corresponding composite index that it can be served from.");
  }
  if (order.every(({ names }) => isIndexed(names, settings))) return undefined;
  return refusal(400, "The index path corresponding to the specified order-by item is excluded.");
}

/**
 * Whether an ORDER BY returns items that lack the path too: only where the policy names the path itself, after
 * https://learn.microsoft.com/azure/cosmos-db/nosql/query/order-by.
 */
export function keepsUndefined([first, ...more]: OrderedPath[], settings: ContainerSettings): boolean {
  if (first === undefined || more.length > 0) return first !== undefined;
  return settings.included.includes(`/${first.names.join("/")}/?`);
}

/** How many properties of a document have a value that is indexed; elements of arrays count each. */
export function indexedProperties(value: unknown, settings: ContainerSettings, names: string[] = []): number {
  if (typeof value !== "object" || value === null) return isIndexed(names, settings) ? 1 : 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + indexedProperties(element, settings, [...names, "[]"]), 0);
  }
  let sum = 0;
  for (const [name, inner] of Object.entries(value)) {
    if (!name.startsWith("_") || names.length > 0) sum += indexedProperties(inner, settings, [...names, name]);
  }
  return sum;
}

function serves(composite: ContainerSettings["composites"][number], order: OrderedPath[]): boolean {
  if (composite.length !== order.length) return false;
  const fits = (flipped: boolean) =>
    composite.every((part, at) => {
      const asked = order[at];
      if (asked === undefined || part.path !== `/${asked.names.join("/")}`) return false;
      return (part.order === "descending") === (asked.descending !== flipped);
    });
  return fits(false) || fits(true);
}

function isIndexed(names: string[], { included, excluded }: ContainerSettings): boolean {
  const [first] = names;
  if (names.length === 1 && (first === "id" || first === "_ts")) return true;
  const known = indexedByPolicy.get(included) ?? new Map<string, boolean>();
  indexedByPolicy.set(included, known);
  const path = names.join("/");
  const before = known.get(path);
  if (before !== undefined) return before;
  const indexed = precision(names, included) > precision(names, excluded);
  known.set(path, indexed);
  return indexed;
}

// Each write asks for each of its properties, and the answer depends on nothing but the policy.
const indexedByPolicy = new WeakMap<string[], Map<string, boolean>>();

/** How exactly the best of the patterns fits: -1 not at all, else by its length, the scalar itself before what lies below. */
function precision(names: string[], patterns: string[]): number {
  let best = -1;
  for (const pattern of patterns) {
    const parts = pattern.slice(1).split("/");
    const end = parts.pop();
    const fits = parts.every((part, at) => unquoted(part) === names[at]);
    if (!fits) continue;
    if (end === "?" && parts.length === names.length) best = Math.max(best, parts.length * 2 + 1);
    if (end === "*") best = Math.max(best, parts.length * 2);
  }
  return best;
}

function unquoted(part: string): string {
  return part.startsWith('"') && part.endsWith('"') ? part.slice(1, -1) : part;
}
