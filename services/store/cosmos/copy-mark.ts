import { Breakdown } from "../../domain/breakdown.ts";
import type { CopyMark } from "../../ports/store-copy.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { type Item, itemId, type StoredItem } from "./cosmos-item.ts";

const PARTITION = "copy";
const ID = itemId("copyMark");

/** How far a copy into this container has come, read where writes are done. */
export async function readMark(container: CosmosContainer): Promise<StoredItem<CopyMark> | null> {
  return await container.readNow<CopyMark>(PARTITION, ID);
}

/** Writes the mark over the version that this copy wrote or read; "conflict": another copy is at it as well. */
export async function writeMark(
  container: CosmosContainer,
  mark: CopyMark,
  etag: string | null,
): Promise<{ kind: "stored"; etag: string } | { kind: "conflict" }> {
  const item: Item<CopyMark> = { id: ID, kind: "copyMark", keys: {}, value: mark };
  const step = etag === null ? ({ do: "create", item } as const) : ({ do: "replace", item, etag } as const);
  const result = await container.write(PARTITION, [step]);
  return result.kind === "conflict" ? { kind: "conflict" } : { kind: "stored", etag: result.etags[0] ?? "" };
}

export async function deleteMark(container: CosmosContainer): Promise<void> {
  await container.write(PARTITION, [{ do: "delete", id: ID }]);
}

/** Throws Breakdown "store-unavailable" where a copy into this container has not come to its end. */
export async function refuseHalfCopied(container: CosmosContainer): Promise<void> {
  const mark = await container.read<CopyMark>(PARTITION, ID);
  if (mark === null) return;
  const sentence = `A copy of ${mark.value.from} into this database was begun and is not finished: run \`npm run store:copy\` again.`;
  throw new Breakdown("store-unavailable", sentence, { detail: "half copied" });
}
