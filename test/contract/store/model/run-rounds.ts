import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { organization } from "../store-samples.ts";
import { type Command, carryOut, firstOf } from "./command.ts";
import { explain, type MadeCall } from "./explain.ts";
import { ACCOUNTS, NAMES, ORGANIZATIONS } from "./model-world.ts";
import { addOrganization } from "./organization-calls.ts";
import { lookAt, lookOf } from "./store-look.ts";
import { EMPTY, type StoreState } from "./store-state.ts";
import { Transcript, type Worker } from "./worker.ts";

/** What each worker does in a round, one command after the other; the workers all at once. */
export type Round = readonly (readonly Command[])[];

export interface RoundEnds {
  /** Before the commands of a round. */
  begin?(): void;
  /** After them, before anybody looks at what they left. */
  end?(): Promise<void>;
}

/**
 * Lets the workers carry out the rounds on empty stores. After each round some order of what was answered, and of what was not,
 * has to lead the model to the state that all ports show then: so no acknowledged write is lost, none that was refused is there,
 * no version is replaced twice, a tenant is linked once, and each audit row of it stands in its chain once.
 */
export async function runRounds(
  workers: readonly Worker[],
  rounds: readonly Round[],
  ends: RoundEnds = {},
): Promise<void> {
  const [first] = workers;
  if (first === undefined) throw new Error("Nobody works.");
  let states: readonly StoreState[] = await settle(first, [EMPTY], workers, async () => {
    for (const accountId of ACCOUNTS) {
      for (const [place, id] of ORGANIZATIONS.entries()) {
        await first.does(addOrganization(organization({ accountId, id, name: NAMES[place] ?? id })));
      }
    }
    // Most of what there is to do needs a link, an alert, a card or an admin.
    for (const kind of ["link", "store page", "post card", "grant"] as const) await carryOut(first, firstOf(kind));
  });
  for (const round of rounds) {
    states = await settle(first, states, workers, async () => {
      ends.begin?.();
      const work = workers.map(async (worker, place) => {
        for (const command of round[place] ?? []) await carryOut(worker, command);
      });
      await Promise.all(work);
      await ends.end?.();
    });
  }
}

async function settle(
  looking: Worker,
  before: readonly StoreState[],
  workers: readonly Worker[],
  work: () => Promise<void>,
): Promise<readonly StoreState[]> {
  const transcript = new Transcript();
  for (const worker of workers) worker.begin(transcript);
  await work();
  const after = explain(before, transcript.calls);
  const told = `\n${transcript.calls.map(lineOf).join("\n")}\n`;
  const [likely] = after;
  if (likely === undefined) throw new Error(`No order of these calls explains their answers:${told}`);
  const look = await lookAt(looking.stores);
  const fitting = after.filter((state) => isDeepStrictEqual(lookOf(state), look));
  if (fitting.length === 0) expect(look, `What is there is not what these calls leave:${told}`).toEqual(lookOf(likely));
  return fitting;
}

function lineOf({ worker, name, answer, from, to }: MadeCall): string {
  return `${from}-${to} worker ${worker}: ${name} -> ${answer}`;
}
