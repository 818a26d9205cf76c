import { bulkhead } from "cockatiel";
import { batchesOf } from "./batches.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { isTooLarge } from "./cosmos-failure.ts";
import type { Item } from "./cosmos-item.ts";
import type { PlacedItem } from "./record-items.ts";
import { STEPS_PER_WRITE } from "./write-step.ts";

/** Writes under way at a time: enough to keep a fast Cosmos busy, few enough for one that has little throughput. */
const AT_ONCE = 8;

/** Writes the items whatever is there, those of one partition in as few batches as they fit, and ends when all are done. */
export async function putItems(container: CosmosContainer, placed: readonly PlacedItem[]): Promise<void> {
  const few = bulkhead(AT_ONCE, Number.MAX_SAFE_INTEGER);
  const batches = [...Map.groupBy(placed, ({ partition }) => partition)].flatMap(([partition, ofPartition]) =>
    batchesOf(
      ofPartition.map(({ item }) => item),
      { most: STEPS_PER_WRITE, sizedBy: (item) => item },
    ).map((items) => ({ partition, items })),
  );
  await Promise.all(batches.map(({ partition, items }) => few.execute(() => putBatch(container, partition, items))));
}

async function putBatch(container: CosmosContainer, partition: string, items: readonly Item[]): Promise<void> {
  try {
    await container.write(
      partition,
      items.map((item) => ({ do: "put", item })),
    );
  } catch (error) {
    if (!isTooLarge(error) || items.length === 1) throw error;
    const half = Math.ceil(items.length / 2);
    await putBatch(container, partition, items.slice(0, half));
    await putBatch(container, partition, items.slice(half));
  }
}
