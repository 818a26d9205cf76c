import { inspect } from "node:util";

const REDACTED = "[redacted]";

/** A value that shows itself only through `reveal()`: text, JSON, templates and inspection print [redacted]. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
