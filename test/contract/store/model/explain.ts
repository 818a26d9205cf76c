import type { Way } from "./store-call.ts";
import type { StoreState } from "./store-state.ts";

/** A call as it went: when it was made and answered, counted in events, and the ways it may have gone. */
export interface MadeCall {
  readonly worker: number;
  readonly name: string;
  readonly answer: string;
  readonly from: number;
  /** Infinity where no answer came: what was asked for may still be done later. */
  readonly to: number;
  readonly ways: readonly Way[];
}

/** A call that is under way at a moment of the search: in which of its ways, and how many moments of that have been. */
interface Begun {
  readonly call: MadeCall;
  readonly way: number;
  readonly done: number;
}

/**
 * The states in which the model may be after these calls: those to which an order of their moments leads that the model accepts
 * and in which no call that was answered before another one was made comes after it. None: no order explains what was answered,
 * so the calls were not as if one came after the other (linearizability: Herlihy and Wing 1990; the search is Wing and Gong's).
 */
export function explain(before: readonly StoreState[], calls: readonly MadeCall[]): readonly StoreState[] {
  const queues = [...Map.groupBy(calls, ({ worker }) => worker).values()];
  const seen = new Set<string>();
  const found = new Map<string, StoreState>();

  /** `places`: how many calls of each worker have begun. */
  const search = (state: StoreState, places: readonly number[], begun: readonly Begun[]): void => {
    const text = JSON.stringify(state);
    const under = begun.map(({ call, way, done }) => `${calls.indexOf(call)}.${way}.${done}`).sort();
    const key = `${places.join()}|${under.join()}|${text}`;
    if (seen.has(key)) return;
    seen.add(key);

    const waiting = queues.map((queue, worker) => queue[places[worker] ?? 0]);
    if (begun.length === 0 && waiting.every((call) => call === undefined)) found.set(text, state);
    const firstAnswer = Math.min(...[...waiting, ...begun.map(({ call }) => call)].map((call) => call?.to ?? MAX));

    const take = ({ call, way, done }: Begun, newPlaces: readonly number[], others: readonly Begun[]): void => {
      const moments = call.ways[way] ?? [];
      const left = done + 1 < moments.length ? [...others, { call, way, done: done + 1 }] : others;
      for (const next of moments[done]?.(state) ?? []) search(next, newPlaces, left);
    };
    for (const one of begun) {
      const others = begun.filter((other) => other !== one);
      take(one, places, others);
    }
    for (const [worker, call] of waiting.entries()) {
      const isBusy = begun.some((other) => other.call.worker === call?.worker && other.call.to < MAX);
      if (call === undefined || isBusy || call.from > firstAnswer) continue;
      const newPlaces = places.with(worker, (places[worker] ?? 0) + 1);
      for (const [way, moments] of call.ways.entries()) {
        if (moments.length === 0) search(state, newPlaces, begun);
        else if (call.to < MAX) take({ call, way, done: 0 }, newPlaces, begun);
        // What was never answered may be done at any time from here on, also after its worker's next calls.
        else search(state, newPlaces, [...begun, { call, way, done: 0 }]);
      }
    }
  };
  for (const state of before) {
    search(
      state,
      queues.map(() => 0),
      [],
    );
  }
  return [...found.values()];
}

const MAX = Number.POSITIVE_INFINITY;
