/** What every part of the sandbox asks the time of. */
export interface SandboxClock {
  now(): Date;
}

/** A clock that stands still until it is moved, so that hours pass in no time. */
export class MovedClock implements SandboxClock {
  #milliseconds: number;

  constructor(start: Date) {
    this.#milliseconds = start.getTime();
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  /** Moves the clock by that many milliseconds; a negative number moves it back. */
  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }
}

/** The machine's own clock, as the demo uses it. */
export const realClock: SandboxClock = { now: () => new Date() };
