import type { KeptKind } from "../domain/kept-record.ts";
import type { CopySource } from "../ports/store-copy.ts";
import type { CopyDeps } from "./copy-deps.ts";
import { NOTHING, type Tally, tallied } from "./tally.ts";

/** A kind that is not the same on both sides. */
export interface KindDifference {
  readonly kind: KeptKind;
  readonly inSource: number;
  readonly inTarget: number;
}

/** Reads all of a kind on both sides. Each is counted as well, so that a page which leaves something out does not go unseen. */
export async function compareKind(
  deps: CopyDeps,
  kind: KeptKind,
): Promise<{ difference: KindDifference | null; count: number }> {
  const { source, target, report } = deps;
  const [inSource, inTarget] = [await source.count(kind), await target.count(kind)];
  const total = inSource + inTarget;
  const read = async (store: CopySource, before: number): Promise<Tally> => {
    let tally = NOTHING;
    for (let after: string | null = null, goesOn = true; goesOn; goesOn = after !== null) {
      const { records, next } = await store.page(kind, after, deps.pageSize);
      tally = tallied(tally, records);
      report({ step: "compare", kind, done: before + tally.count, total });
      after = next;
    }
    return tally;
  };
  const ofSource = await read(source, 0);
  const ofTarget = await read(target, inSource);
  const isSame =
    ofSource.sum === ofTarget.sum &&
    ofSource.count === inSource &&
    ofTarget.count === inTarget &&
    inSource === inTarget;
  return { difference: isSame ? null : { kind, inSource, inTarget }, count: inSource };
}
