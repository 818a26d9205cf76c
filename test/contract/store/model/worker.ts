import { setImmediate as breathe } from "node:timers/promises";
import { Breakdown } from "../../../../services/domain/breakdown.ts";
import type { Stores } from "../../../../services/ports/all-stores.ts";
import type { MadeCall } from "./explain.ts";
import type { StoreCall } from "./store-call.ts";

/** What was asked of the stores in one round, by whom and when. */
export class Transcript {
  readonly #calls: MadeCall[] = [];
  #events = 0;

  get calls(): readonly MadeCall[] {
    return this.#calls;
  }

  event(): number {
    this.#events += 1;
    return this.#events;
  }

  add(call: MadeCall): void {
    this.#calls.push(call);
    this.#calls.sort((left, right) => left.from - right.from);
  }
}

/** One connection that calls the stores, one call after the other, and remembers what it read. */
export class Worker {
  readonly stores: Stores;
  readonly #number: number;
  readonly #memory = new Map<string, unknown>();
  #transcript = new Transcript();
  #serial = 0;

  constructor(stores: Stores, number: number) {
    this.stores = stores;
    this.#number = number;
  }

  begin(transcript: Transcript): void {
    this.#transcript = transcript;
  }

  /** A text that no other has. */
  newName(): string {
    this.#serial += 1;
    return `${this.#number}-${this.#serial}`;
  }

  /** Lets others have their turn. */
  async waits(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await breathe();
  }

  /** Makes the call; undefined where no answer came. */
  async does<Answer>(call: StoreCall<Answer>): Promise<Answer | undefined> {
    const from = this.#transcript.event();
    const made = { worker: this.#number, name: call.name, from };
    try {
      const answer = await call.run(this.stores);
      const to = this.#transcript.event();
      this.#transcript.add({ ...made, to, answer: JSON.stringify(answer), ways: call.ways(answer) });
      return answer;
    } catch (error) {
      if (!(error instanceof Breakdown) || error.code !== "store-unavailable") throw error;
      const ways = [[], ...call.unanswered];
      this.#transcript.add({ ...made, to: Number.POSITIVE_INFINITY, answer: `no answer: ${error.detail}`, ways });
      return undefined;
    }
  }

  /** As does, for what reads; not `fresh`: what it gave this worker last, however old that is. */
  async reads<Answer>(call: StoreCall<Answer>, fresh: boolean): Promise<Answer | undefined> {
    if (!fresh && this.#memory.has(call.name)) return this.#memory.get(call.name) as Answer;
    const answer = await this.does(call);
    if (answer !== undefined) this.#memory.set(call.name, answer);
    return answer;
  }
}
