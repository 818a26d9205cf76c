import fc from "fast-check";
import { it } from "vitest";
import { movedClock, type OpenStore } from "../opened-store.ts";
import { anyCommand } from "./command.ts";
import { type Round, runRounds } from "./run-rounds.ts";
import { TRIED_WITHIN_MS, tryInTime } from "./try-in-time.ts";
import { Worker } from "./worker.ts";

/** Rounds of so many workers, of at most so many commands each. */
export function anyRounds(workers: number, commands: number, rounds: number): fc.Arbitrary<readonly Round[]> {
  const ofOne = fc.array(anyCommand, { maxLength: commands, size: "max" });
  const round = fc.array(ofOne, { minLength: workers, maxLength: workers });
  return fc.array(round, { minLength: 2, maxLength: rounds, size: "max" });
}

/** That the stores do what a plain model of them does, whatever is asked of them by one or by several at once. */
export function modelContract(open: OpenStore): void {
  async function run(workers: number, rounds: readonly Round[]): Promise<void> {
    const opened = await open(movedClock());
    try {
      const stores = [opened.stores];
      while (stores.length < workers) stores.push(await opened.second());
      await runRounds(
        stores.map((each, number) => new Worker(each, number)),
        rounds,
      );
    } finally {
      await opened.dispose();
    }
  }

  const timeout = TRIED_WITHIN_MS;

  it("answers and holds what a model does, whatever is asked, one after the other", { timeout }, async () => {
    await tryInTime(anyRounds(1, 6, 12), (rounds) => run(1, rounds));
  });

  it("answers and holds what a model does in some order, whatever three ask at once", { timeout }, async () => {
    // What several do at once goes another way each time, so that a smaller case would not be one.
    await tryInTime(anyRounds(3, 4, 6), (rounds) => run(3, rounds), { endOnFailure: true });
  });
}
