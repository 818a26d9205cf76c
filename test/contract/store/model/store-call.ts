import { isDeepStrictEqual } from "node:util";
import type { Stores } from "../../../../services/ports/all-stores.ts";
import { type Kept, readUnder } from "./kept.ts";
import type { StoreState } from "./store-state.ts";

/** One moment at which a call takes effect or looks: the states that may follow; none where the model would not do that. */
export type Step = (state: StoreState) => readonly StoreState[];

/** A way in which a call may have gone: its moments, in order, all of them between the call and its answer. */
export type Way = readonly Step[];

/** One call of a port. */
export interface StoreCall<Answer> {
  readonly name: string;
  run(stores: Stores): Promise<Answer>;
  /** The ways that lead to this answer. */
  ways(answer: Answer): readonly Way[];
  /** The ways in which it may have gone where no answer came, beside that nothing was done; none for what only reads. */
  readonly unanswered: readonly Way[];
}

/** The state stays, if this holds of it. */
export function when(holds: (state: StoreState) => boolean): Step {
  return (state) => (holds(state) ? [state] : []);
}

/** The state changes so, if this holds of it. */
export function change(holds: (state: StoreState) => boolean, next: (state: StoreState) => StoreState): Step {
  return (state) => (holds(state) ? [next(state)] : []);
}

/** A call that only reads: what it gave is what is there. */
export function reading<Answer>(
  name: string,
  run: (stores: Stores) => Promise<Answer>,
  expected: (state: StoreState) => Answer,
): StoreCall<Answer> {
  return {
    name,
    run,
    ways: (answer) => [[when((state) => isDeepStrictEqual(answer, expected(state)))]],
    unanswered: [],
  };
}

interface Read<Value> {
  readonly value: Value;
  readonly etag: string;
}

/** A call that reads a value with its tag. */
export function readingVersion<Value>(
  name: string,
  run: (stores: Stores) => Promise<Read<Value> | null>,
  there: (state: StoreState) => Kept<Value> | undefined,
  remember: (state: StoreState, read: Kept<Value>) => StoreState,
  /** Whether it may be gone already although the model still has it. */
  leaving: (state: StoreState) => boolean = () => false,
): StoreCall<Read<Value> | null> {
  const step =
    (answer: Read<Value> | null): Step =>
    (state) => {
      const known = there(state);
      if (answer === null) return known === undefined || leaving(state) ? [state] : [];
      if (known === undefined || !isDeepStrictEqual(known.value, answer.value)) return [];
      const read = readUnder(known, answer.etag);
      return read === null ? [] : [remember(state, read)];
    };
  return { name, run, ways: (answer) => [[step(answer)]], unanswered: [] };
}

/** A call that writes or says "conflict". */
export function writing(
  name: string,
  run: StoreCall<"stored" | "conflict">["run"],
  stored: Way,
  refused: (state: StoreState) => boolean,
): StoreCall<"stored" | "conflict"> {
  return {
    name,
    run,
    ways: (answer) => [answer === "stored" ? stored : [when(refused)]],
    unanswered: [stored],
  };
}
