import { z } from "zod";
import { Breakdown } from "../../domain/breakdown.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { type Item, itemId, type StoredItem } from "./cosmos-item.ts";

/** Which model the items follow (docs/decisions/0011-the-cosmos-data-model.md), as the container itself says it. */
export interface Schema {
  readonly version: number;
  /** The oldest version that can read and write these items as they are, beside this one. */
  readonly oldestBeside: number;
}

/** What this Watchdesk writes. */
export const SCHEMA: Schema = { version: 1, oldestBeside: 1 };

type SchemaStanding =
  | "current"
  /** A newer Watchdesk wrote it, and says that this one may run beside it, as in a rolling upgrade. */
  | "newerBeside"
  /** An older Watchdesk wrote it, and may go on running beside this one. */
  | "olderBeside"
  | "tooNew"
  /** An older Watchdesk wrote it, and must not run beside this one. */
  | "tooOld"
  | "absent"
  | "unreadable";

const PARTITION = "schema";
const ID = itemId("schema");
const shape = z.object({ version: z.int().min(1), oldestBeside: z.int().min(1) });

/** Pure: how the stored schema stands to that of this Watchdesk. */
export function schemaStanding(stored: unknown, own: Schema): SchemaStanding {
  if (stored === null) return "absent";
  const parsed = shape.safeParse(stored);
  if (!parsed.success) return "unreadable";
  const { version, oldestBeside } = parsed.data;
  if (version === own.version) return "current";
  if (version > own.version) return oldestBeside <= own.version ? "newerBeside" : "tooNew";
  return own.oldestBeside <= version ? "olderBeside" : "tooOld";
}

/**
 * Opens the container for this Watchdesk, or throws Breakdown "store-unavailable" with what to do. One that an older
 * Watchdesk wrote is marked as this one's, where both may run beside each other; what it holds is changed as it is written.
 */
export async function openSchema(container: CosmosContainer, own: Schema = SCHEMA): Promise<void> {
  const stored = await readSchema(container);
  const standing = schemaStanding(stored?.value ?? null, own);
  switch (standing) {
    case "current":
    case "newerBeside":
      return;
    case "olderBeside":
      // Another one starts at the same time where it is not written: look again at what that one left.
      if (!(await writeSchema(container, own, stored))) await openSchema(container, own);
      return;
    case "absent":
    case "tooNew":
    case "tooOld":
    case "unreadable":
      throw new Breakdown("store-unavailable", refusalOf(standing), { detail: `schema ${standing}` });
  }
}

/** What `npm run cosmos:init` does about the schema: written, raised, left as it is, or refused as above. */
export async function initSchema(
  container: CosmosContainer,
  own: Schema = SCHEMA,
): Promise<"written" | "raised" | "current" | "newerBeside"> {
  const stored = await readSchema(container);
  const standing = schemaStanding(stored?.value ?? null, own);
  switch (standing) {
    case "current":
    case "newerBeside":
      return standing;
    case "absent":
    case "olderBeside":
    case "tooOld":
      if (!(await writeSchema(container, own, stored))) return await initSchema(container, own);
      return standing === "absent" ? "written" : "raised";
    case "tooNew":
    case "unreadable":
      throw new Breakdown("store-unavailable", refusalOf(standing), { detail: `schema ${standing}` });
  }
}

async function readSchema(container: CosmosContainer): Promise<StoredItem | null> {
  return await container.read(PARTITION, ID);
}

/** False when somebody else wrote it in between. */
async function writeSchema(container: CosmosContainer, own: Schema, stored: StoredItem | null): Promise<boolean> {
  const item: Item<Schema> = { id: ID, kind: "schema", keys: {}, value: own };
  const result = await container.write(PARTITION, [
    stored === null ? { do: "create", item } : { do: "replace", item, etag: stored.etag },
  ]);
  return result.kind === "stored";
}

function refusalOf(standing: "absent" | "tooNew" | "tooOld" | "unreadable"): string {
  switch (standing) {
    case "absent":
      return "The container was never set up for Watchdesk: run `npm run cosmos:init`.";
    case "tooNew":
      return "A newer Watchdesk wrote this database, and this one must not run beside it: start the newer one.";
    case "tooOld":
      return "An older Watchdesk wrote this database, and must not run beside this one: stop it, then run `npm run cosmos:init`.";
    case "unreadable":
      return "What the database says of its version cannot be read: it is no database of Watchdesk, or it is damaged.";
  }
}
