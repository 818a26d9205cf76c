import type { KeptKind, KeptRecord } from "../domain/kept-record.ts";

/** What stands in one store and can be read out of it, a page at a time. All throw Breakdown "store-unavailable". */
export interface CopySource {
  /** Brings to its end what a process that died left half done, so that only whole things are read. */
  settle(): Promise<void>;
  /** Whether somebody else is at work in it, as far as it can tell. */
  isInUse(): Promise<boolean>;
  /** How far a copy into it has come; null where none is under way. */
  mark(): Promise<CopyMark | null>;
  count(kind: KeptKind): Promise<number>;
  /**
   * The next records of a kind, each once, in an order that stays: at most `limit` of them, fewer where they are large.
   * `after` is what the page before gave as `next`; null before the first page, and `next` null after the last one.
   * Conversations come in the order in which they were heard of, audit rows in that of their chains.
   */
  page(kind: KeptKind, after: string | null, limit: number): Promise<RecordPage>;
}

export interface RecordPage {
  readonly records: readonly KeptRecord[];
  readonly next: string | null;
}

/** How far a copy has come; kept in its target, and gone with the end of the copy. */
export interface CopyMark {
  /** Which store is copied, in words. */
  readonly from: string;
  /** The kind that is being copied; null: all of them are. */
  readonly kind: KeptKind | null;
  readonly after: string | null;
  /** How many records of the kind are copied already. */
  readonly done: number;
}

/** A store that a copy is written into. Nothing else may be at work in it; it is refused to the bot while a mark is there. */
export interface CopyTarget extends CopySource {
  /** Whether it holds nothing of any kind; ephemerals do not count. */
  isEmpty(): Promise<boolean>;
  /** Keeps the mark alone. */
  setMark(mark: CopyMark): Promise<void>;
  /**
   * Writes records of one kind, of which `before` are there already, then keeps the mark, which speaks of what follows. Done
   * again after a crash in between, it comes to the same.
   */
  write(input: { records: readonly KeptRecord[]; before: number; mark: CopyMark }): Promise<void>;
  removeMark(): Promise<void>;
}
