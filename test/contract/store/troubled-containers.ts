import type { CosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import type { StoredItem } from "../../../services/store/cosmos/cosmos-item.ts";

/** Of a worker that is killed just before its first write to this partition. */
export function dyingAt(container: CosmosContainer, partition: string): CosmosContainer {
  return {
    ...container,
    write: async (target, steps) => {
      if (target === partition) throw new Error("killed");
      return await container.write(target, steps);
    },
  };
}

/** Of a worker that is held up just before it writes to this partition, until it is let go; `held` says that it is there. */
export function holdingAt(container: CosmosContainer, partition: string) {
  const held = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  const holding: CosmosContainer = {
    ...container,
    write: async (target, steps) => {
      if (target === partition) {
        held.resolve();
        await free.promise;
      }
      return await container.write(target, steps);
    },
  };
  return { container: holding, held: held.promise, letGo: () => free.resolve() };
}

/**
 * Of a client whose replicas lag as far behind as session consistency lets them: an item it has read is shown to it as it was
 * at its own last write to the partition, or else at its first read.
 * https://learn.microsoft.com/azure/cosmos-db/consistency-levels#session-consistency
 */
export function lagging(container: CosmosContainer): CosmosContainer {
  const seen = new Map<string, Map<string, StoredItem<unknown> | null>>();
  const shownIn = (partition: string) => {
    const shown = seen.get(partition) ?? new Map<string, StoredItem<unknown> | null>();
    seen.set(partition, shown);
    return shown;
  };
  return {
    ...container,
    read: async <Value>(partition: string, id: string) => {
      const shown = shownIn(partition);
      if (!shown.has(id)) shown.set(id, await container.read<Value>(partition, id));
      return (shown.get(id) ?? null) as StoredItem<Value> | null;
    },
    write: async (partition, steps) => {
      const result = await container.write(partition, steps);
      const shown = shownIn(partition);
      for (const step of steps) if ("item" in step) shown.set(step.item.id, null);
      for (const id of shown.keys()) shown.set(id, await container.read(partition, id));
      return result;
    },
  };
}
