import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

const LONGEST = 2_147_483_647;

/**
 * When an item ends, in whole seconds since 1970; undefined if it never does. After
 * https://learn.microsoft.com/azure/cosmos-db/time-to-live: counted from the last change (`_ts`); the item's `ttl` goes before
 * the container's default and works only where the container has one, -1 included; -1 is "never". An item that has ended
 * is gone for every reader at once, whenever it is deleted. The package never ends anything.
 */
export function endOf(item: { _ts: number; ttl?: unknown }, defaultTtl: number | undefined): number | undefined {
  if (defaultTtl === undefined) return undefined;
  const seconds = typeof item.ttl === "number" ? item.ttl : defaultTtl;
  return seconds === -1 ? undefined : item._ts + seconds;
}

/** Refuses a `ttl` that is neither -1 nor a positive whole number of 2,147,483,647 at most; null is refused too. */
export function refuseTtl(document: { ttl?: unknown }): CosmosRefusal | undefined {
  const { ttl } = document;
  if (ttl === undefined || ttl === -1) return undefined;
  if (typeof ttl === "number" && Number.isInteger(ttl) && ttl > 0 && ttl <= LONGEST) return undefined;
  return refusal(
    400,
    `The input ttl '${JSON.stringify(ttl)}' is invalid. Ensure to provide a nonzero positive integer less than or equal to '${LONGEST}', or '-1' which means never expire.`,
  );
}
