import type { Item } from "./cosmos-item.ts";

/** One step of a write. All steps of a write are done, or none. */
export type WriteStep =
  /** Only if there is no item of that id. */
  | { readonly do: "create"; readonly item: Item }
  /** Only the version that was read. */
  | { readonly do: "replace"; readonly item: Item; readonly etag: string }
  /** Whatever is there. */
  | { readonly do: "put"; readonly item: Item }
  /** Only if it is there; with an etag only that version. */
  | { readonly do: "delete"; readonly id: string; readonly etag?: string }
  /** Nothing is written to it, but it must be there. */
  | { readonly do: "require"; readonly id: string };

export type WriteResult =
  /** A tag for each step; null for those that leave none, or that others have overwritten already. */
  | { readonly kind: "stored"; readonly etags: readonly (string | null)[] }
  /** The first step that could not be done, counted from 0, and why; nothing was written. */
  | { readonly kind: "conflict"; readonly step: number; readonly why: "exists" | "absent" | "changed" };

/** At most so many steps in one write: https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-request-limits */
export const STEPS_PER_WRITE = 100;
