import { createHash } from "node:crypto";

/** A document as it is stored; never changed in place, so that a reader may keep it. */
export interface StoredItem {
  readonly body: Readonly<ItemBody>;
  /** Rises with each item that is created in the container, and is what an order without ORDER BY follows. */
  readonly ordinal: number;
  /** Of its JSON text in UTF-8. */
  readonly bytes: number;
}

export interface ItemBody {
  id: string;
  _rid: string;
  _self: string;
  _etag: string;
  _attachments: string;
  /** Whole seconds since 1970. */
  _ts: number;
  [property: string]: unknown;
}

/** The items of one partition as an operation sees and changes them. */
export interface ItemTable {
  get(id: string): StoredItem | undefined;
  set(item: StoredItem): void;
  delete(id: string): void;
}

/** One logical partition; its items by id, in the order of their ordinals. */
export interface LogicalPartition {
  /** The key's value as JSON, e.g. `["a"]`. */
  readonly key: string;
  /** Which physical partition it lies on. */
  readonly range: number;
  readonly items: Map<string, StoredItem>;
}

/**
 * The items of one container, by partition and id: in place of the package's list of all documents, which it copies and
 * filters for each read. A look into one partition costs the same however many others there are.
 */
export class ContainerItems {
  readonly #partitions = new Map<string, LogicalPartition>();
  readonly #ranges: number;
  #ordinal = 0;

  constructor(ranges: number) {
    this.#ranges = ranges;
  }

  nextOrdinal(): number {
    this.#ordinal += 1;
    return this.#ordinal;
  }

  /** The partition of that key; empty if nothing was ever stored in it. */
  partition(key: string): LogicalPartition {
    const known = this.#partitions.get(key);
    if (known !== undefined) return known;
    const digest = createHash("sha256").update(key).digest();
    const made = { key, range: digest.readUInt32BE(0) % this.#ranges, items: new Map<string, StoredItem>() };
    this.#partitions.set(key, made);
    return made;
  }

  /** The partitions on one physical partition, or all of them. */
  partitions(range?: number): LogicalPartition[] {
    const all = [...this.#partitions.values()];
    return range === undefined ? all : all.filter((partition) => partition.range === range);
  }
}

/** Stores an item so that the map stays in the order of ordinals: one that was deleted and created again comes last. */
export function storeItem(items: Map<string, StoredItem>, item: StoredItem): void {
  if (items.get(item.body.id)?.ordinal !== item.ordinal) items.delete(item.body.id);
  items.set(item.body.id, item);
}
