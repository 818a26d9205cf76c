import { afterEach, beforeEach } from "vitest";
import { shift } from "../../../services/domain/instant.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import { START } from "./store-samples.ts";

/** A clock that stands still until it is moved. */
export interface MovedClock extends Clock {
  advance(milliseconds: number): void;
}

export function movedClock(): MovedClock {
  let now = START;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now = shift(now, milliseconds);
    },
  };
}

/** An empty store, opened for one test. */
export interface OpenedStore {
  readonly stores: Stores;
  /** Closes what is open and opens the same data again, as a restart does. */
  reopen(): Promise<Stores>;
  /** The same data through a second connection, as a second worker has it. */
  second(): Promise<Stores>;
  /** Closes everything and deletes the data. */
  dispose(): Promise<void>;
}

/** Opens an empty store that asks the given clock. */
export type OpenStore = (clock: Clock) => Promise<OpenedStore>;

/** What a test of the contract works with: a fresh store before each test, gone after it. */
export interface Bench {
  stores(): Stores;
  opened(): OpenedStore;
  readonly clock: MovedClock;
}

/** Registers the opening and closing around each test of the describe block it is called in. */
export function bench(open: OpenStore): Bench {
  const clock = movedClock();
  let current: OpenedStore | null = null;
  beforeEach(async () => {
    current = await open(clock);
  });
  afterEach(async () => {
    await current?.dispose();
    current = null;
  });
  const opened = (): OpenedStore => {
    if (current === null) {
      throw new Error("No store is open outside a test.");
    }
    return current;
  };
  return { stores: () => opened().stores, opened, clock };
}
