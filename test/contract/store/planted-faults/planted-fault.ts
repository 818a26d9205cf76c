import type { CosmosContainer } from "../../../../services/store/cosmos/cosmos-container.ts";
import type { ItemQuery } from "../../../../services/store/cosmos/item-query.ts";
import type { WriteResult, WriteStep } from "../../../../services/store/cosmos/write-step.ts";

/** A mistake that an adapter could make. */
export type PlantedFault = "no partition filter" | "lost etag" | "page in pieces";

/** The container with the fault in it. */
export const PLANTED: Readonly<Record<PlantedFault, (container: CosmosContainer) => CosmosContainer>> = {
  "no partition filter": withoutPartitionFilter,
  "lost etag": withoutEtags,
  "page in pieces": inPieces,
};

/** Each query is asked of all partitions. */
function withoutPartitionFilter(container: CosmosContainer): CosmosContainer {
  const everywhere = (query: ItemQuery): ItemQuery => ({ ...query, partition: null });
  return {
    ...container,
    find: (query) => container.find(everywhere(query)),
    findRaw: (query) => container.findRaw(everywhere(query)),
    findKeys: (query) => container.findKeys(everywhere(query)),
    findVersions: (query) => container.findVersions(everywhere(query)),
    // The client cannot count over partitions in this form, which nothing asks for.
    count: async (query) => (await container.findVersions(everywhere(query))).length,
  };
}

/** Whatever version is there is replaced or deleted: the last writer wins. */
function withoutEtags(container: CosmosContainer): CosmosContainer {
  const current = async (partition: string, step: WriteStep): Promise<WriteStep> => {
    if (step.do === "delete") return { do: "delete", id: step.id };
    if (step.do !== "replace") return step;
    const there = await container.read(partition, step.item.id);
    return { ...step, etag: there?.etag ?? step.etag };
  };
  const write = async (partition: string, steps: readonly WriteStep[]): Promise<WriteResult> => {
    const forced = await Promise.all(steps.map((step) => current(partition, step)));
    const result = await container.write(partition, forced);
    // Changed since just now: that does not matter either.
    return result.kind === "conflict" && result.why === "changed" ? await write(partition, steps) : result;
  };
  return { ...container, write };
}

/** One step after the other: what was done before one that cannot be done stays. */
function inPieces(container: CosmosContainer): CosmosContainer {
  return {
    ...container,
    write: async (partition, steps) => {
      const etags: (string | null)[] = [];
      for (const [place, step] of steps.entries()) {
        const result: WriteResult = await container.write(partition, [step]);
        if (result.kind === "conflict") return { ...result, step: place };
        etags.push(...result.etags);
      }
      return { kind: "stored", etags };
    },
  };
}
