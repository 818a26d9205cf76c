import { Breakdown } from "../../domain/breakdown.ts";
import { DAY, elapsed, type Instant, SECOND } from "../../domain/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, referencePartition, type StoredItem } from "./cosmos-item.ts";

/** What comes without its account: a journey's id, the hash of its link, the hash of a leg's state; a move's id. */
export type ReferenceTo = "consent" | "consentLink" | "consentState" | "move";

/** What something comes by. */
export interface ReferenceKey {
  readonly to: ReferenceTo;
  readonly key: string;
}

/** The journey or the move that it leads to. */
export interface Referred {
  readonly accountId: string;
  readonly id: string;
}

/**
 * Each key leads to one journey or move, over all accounts: an item of its own, written before what it leads to. A writer who
 * died in between leaves an orphan; readers look whether what they find answers to the key, and Cosmos deletes it in the end.
 */
export interface References {
  /**
   * Lets the keys lead there until a month after `endsAt`; repeated, it gives them that time anew. Throws Breakdown
   * "conflict" when one leads to something else: then it has not changed, and the others may lead there already.
   */
  write(keys: readonly ReferenceKey[], referred: Referred, endsAt: Instant): Promise<void>;
  follow(key: ReferenceKey): Promise<Referred | null>;
  /**
   * The item of what has this id. References end; jobs and cards may name an id after that, so without one each account that
   * may use the bot is asked.
   */
  read<Value>(key: ReferenceKey, ownId: string): Promise<StoredItem<Value> | null>;
}

/** How long something can still be told of after its end, e.g. that a link has expired. */
const KEPT_FOR = 30 * DAY;
/** Two of the same writer at the most, or an end in between. */
const ROUNDS = 5;

const REFERENCE_ID = itemId("reference");

/** Seconds from now until a month after the end; an end that has passed counts as now. */
export function referenceTtl(now: Instant, endsAt: Instant): number {
  return Math.ceil((Math.max(0, elapsed(now, endsAt)) + KEPT_FOR) / SECOND);
}

export function cosmosReferences(container: CosmosContainer, clock: Clock, accountIds: readonly string[]): References {
  const partitionOf = ({ to, key }: ReferenceKey) => referencePartition(to, key);
  const follow = async (key: ReferenceKey) =>
    (await container.read<Referred>(partitionOf(key), REFERENCE_ID))?.value ?? null;

  const writeOne = async (partition: string, item: Item<Referred>): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await container.write(partition, [{ do: "create", item }])).kind === "stored") return;
      const there = await container.read<Referred>(partition, REFERENCE_ID);
      if (there === null) continue;
      if (there.value.accountId !== item.value.accountId || there.value.id !== item.value.id) {
        throw new Breakdown("conflict", "A link, a state or an id leads to one journey or move only.");
      }
      const renewal = await container.write(partition, [{ do: "replace", item, etag: there.etag }]);
      if (renewal.kind === "stored") return;
    }
    throw new Breakdown("conflict", "A reference was changed by others again and again.", { retryable: true });
  };

  return {
    write: async (keys, { accountId, id }, endsAt) => {
      const ttl = referenceTtl(clock.now(), endsAt);
      const item: Item<Referred> = { id: REFERENCE_ID, kind: "reference", keys: {}, value: { accountId, id }, ttl };
      for (const key of keys) await writeOne(partitionOf(key), item);
    },
    follow,
    read: async <Value>(key: ReferenceKey, ownId: string) => {
      const referred = await follow(key);
      const homes = referred === null ? accountIds : [referred.accountId];
      const found = await Promise.all(homes.map((home) => container.read<Value>(accountPartition(home), ownId)));
      return found.find((item) => item !== null) ?? null;
    },
  };
}
