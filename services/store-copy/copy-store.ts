import { type KeptKind, KINDS_IN_ORDER } from "../domain/kept-record.ts";
import type { CopyMark } from "../ports/store-copy.ts";
import { compareKind, type KindDifference } from "./compare-kind.ts";
import type { CopyDeps } from "./copy-deps.ts";

export type CopyOutcome =
  | { readonly kind: "copied"; readonly counts: ReadonlyMap<KeptKind, number> }
  /** The target holds something, and no copy that was begun. */
  | { readonly kind: "notEmpty" }
  /** The target holds a copy of another store that was begun. */
  | { readonly kind: "otherCopy"; readonly from: string }
  /** What is to be copied is itself part of a copy that was begun. */
  | { readonly kind: "sourceNotWhole"; readonly from: string }
  | { readonly kind: "different"; readonly differences: readonly KindDifference[] };

/**
 * Copies all that one store keeps into another that is empty, kind after kind, then reads both once more and compares them. What
 * was broken off goes on behind the last page that the target's mark speaks of. The mark goes when both are the same, and stays
 * where they differ. Throws Breakdown where a store does not answer, or where the audit log was changed.
 */
export async function copyStore(deps: CopyDeps, input: { from: string }): Promise<CopyOutcome> {
  const { source, target } = deps;
  const half = await source.mark();
  if (half !== null) return { kind: "sourceNotWhole", from: half.from };
  const found = await target.mark();
  if (found === null && !(await target.isEmpty())) return { kind: "notEmpty" };
  if (found !== null && found.from !== input.from) return { kind: "otherCopy", from: found.from };
  await source.settle();
  let mark: CopyMark = found ?? { from: input.from, kind: KINDS_IN_ORDER[0] ?? null, after: null, done: 0 };
  if (found === null) await target.setMark(mark);
  while (mark.kind !== null) mark = await copyKind(deps, mark, mark.kind);

  const counts = new Map<KeptKind, number>();
  const differences: KindDifference[] = [];
  for (const kind of KINDS_IN_ORDER) {
    const { difference, count } = await compareKind(deps, kind);
    counts.set(kind, count);
    if (difference !== null) differences.push(difference);
  }
  if (differences.length > 0) return { kind: "different", differences };
  await target.removeMark();
  return { kind: "copied", counts };
}

/** Copies the rest of a kind; gives the mark of the kind that follows. */
async function copyKind(deps: CopyDeps, begun: CopyMark, kind: KeptKind): Promise<CopyMark> {
  const { source, target, report, pageSize } = deps;
  const total = await source.count(kind);
  const kindAfter = KINDS_IN_ORDER[KINDS_IN_ORDER.indexOf(kind) + 1] ?? null;
  let mark = begun;
  while (mark.kind === kind) {
    const before = mark.done;
    const { records, next } = await source.page(kind, mark.after, pageSize);
    const done = before + records.length;
    mark = next === null ? { ...mark, kind: kindAfter, after: null, done: 0 } : { ...mark, after: next, done };
    await target.write({ records, before, mark });
    report({ step: "copy", kind, done, total });
  }
  return mark;
}
