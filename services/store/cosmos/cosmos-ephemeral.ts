import { elapsed, type Instant, SECOND } from "../../domain/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EphemeralStore, WriteOutcome } from "../../ports/stores.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { ephemeralPartition, type Item, itemId, type StoredItem } from "./cosmos-item.ts";
import type { WriteStep } from "./write-step.ts";

interface KeptEphemeral {
  readonly value: string;
  readonly endsAt: Instant;
}

/** Small values with an end. What has ended is invisible at once and deleted by Cosmos a little later. */
export function cosmosEphemeral(container: CosmosContainer, clock: Clock): EphemeralStore {
  const read = (key: string) => container.read<KeptEphemeral>(ephemeralPartition(key), itemId("ephemeral"));
  const isLiving = (found: StoredItem<KeptEphemeral>) => found.value.endsAt > clock.now();
  const write = async (key: string, step: WriteStep): Promise<WriteOutcome> =>
    (await container.write(ephemeralPartition(key), [step])).kind;

  /** Mostly nothing is there: that is tried first. */
  const claim = async (key: string, item: Item): Promise<WriteOutcome> => {
    if ((await write(key, { do: "create", item })) === "stored") return "stored";
    const found = await read(key);
    if (found === null) return await write(key, { do: "create", item });
    return isLiving(found) ? "conflict" : await write(key, { do: "replace", item, etag: found.etag });
  };

  return {
    get: async (key) => {
      const found = await read(key);
      return found !== null && isLiving(found) ? { value: found.value.value, etag: found.etag } : null;
    },
    put: async ({ key, value, etag, endsAt }) => {
      const item = ephemeralItem({ value, endsAt }, clock.now());
      if (etag === null) return await claim(key, item);
      if (etag === "*") return await write(key, { do: "put", item });
      const found = await read(key);
      if (found === null || found.etag !== etag || !isLiving(found)) return "conflict";
      return await write(key, { do: "replace", item, etag });
    },
    remove: async (key) => {
      // A conflict means that there is none.
      await container.write(ephemeralPartition(key), [{ do: "delete", id: itemId("ephemeral") }]);
    },
  };
}

/** Nothing asks for what is in one, so nothing of it is indexed but its kind. */
function ephemeralItem(value: KeptEphemeral, now: Instant): Item<KeptEphemeral> {
  return { id: itemId("ephemeral"), kind: "ephemeral", keys: {}, value, ttl: secondsUntil(now, value.endsAt) };
}

/** Cosmos counts from the whole second in which it wrote: one more, so that it never deletes what has not ended. */
function secondsUntil(now: Instant, end: Instant): number {
  return Math.max(0, Math.ceil(elapsed(now, end) / SECOND)) + 1;
}
