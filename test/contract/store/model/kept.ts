/** A value that the model keeps under the tags by which it was read. */
export interface Kept<Value> {
  readonly value: Value;
  /** Tags of the value as it stands: a write that names one is accepted. */
  readonly tags: readonly string[];
  /** Tags from before the store touched it for a reason of its own, such as another organization name: either way is right. */
  readonly worn: readonly string[];
  /** Tags of what it was: never accepted again, and never read again. */
  readonly spent: readonly string[];
}

export function kept<Value>(value: Value, tags: readonly string[] = []): Kept<Value> {
  return { value, tags, worn: [], spent: [] };
}

export function replaced<Value>(
  before: Kept<Value> | undefined,
  value: Value,
  tags: readonly string[] = [],
): Kept<Value> {
  return before === undefined
    ? kept(value, tags)
    : { value, tags, worn: [], spent: [...before.spent, ...before.worn, ...before.tags] };
}

export function touched<Value>(before: Kept<Value>): Kept<Value> {
  return { ...before, tags: [], worn: [...before.worn, ...before.tags] };
}

/** As it was read under a tag; null: that tag was of another version. */
export function readUnder<Value>(before: Kept<Value>, etag: string): Kept<Value> | null {
  if (before.spent.includes(etag)) return null;
  return before.tags.includes(etag) || before.worn.includes(etag)
    ? before
    : { ...before, tags: [...before.tags, etag] };
}

/** Whether a write on this version, null for one on nothing, may be accepted. */
export function accepts(there: Kept<unknown> | undefined, etag: string | null): boolean {
  if (there === undefined || etag === null) return there === undefined && etag === null;
  return there.tags.includes(etag) || there.worn.includes(etag);
}

/** Whether it may be refused. */
export function refuses(there: Kept<unknown> | undefined, etag: string | null): boolean {
  if (there === undefined || etag === null) return there !== undefined || etag !== null;
  return !there.tags.includes(etag);
}
