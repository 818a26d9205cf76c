import type { KeptKind } from "../domain/kept-record.ts";
import type { CopySource, CopyTarget } from "../ports/store-copy.ts";

export interface CopyProgress {
  /** Comparing reads both stores: `total` counts both. */
  readonly step: "copy" | "compare";
  readonly kind: KeptKind;
  readonly done: number;
  /** As many as there were when the kind was begun. */
  readonly total: number;
}

export interface CopyDeps {
  readonly source: CopySource;
  readonly target: CopyTarget;
  readonly report: (progress: CopyProgress) => void;
  /** Records read and written at a time. */
  readonly pageSize: number;
}
