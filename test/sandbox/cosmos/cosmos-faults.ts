import type { CosmosOperation } from "./request-log.ts";

/** What goes wrong with a request, as on Azure (https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb). */
export type CosmosFault =
  /** More than the throughput allows; nothing was done, and the answer says when to come again. */
  | "429"
  /** Another write of the same item was under way; nothing was done. */
  | "449"
  | "401"
  | "403"
  | "408"
  | "412"
  | "413"
  /** The service gave up; nothing was done. */
  | "503"
  /** It was done, and the answer says that it is not known. */
  | "503After"
  /** The connection broke before it was done. */
  | "resetBefore"
  /** It was done, and the connection broke before the answer. */
  | "resetAfter"
  | { readonly slowMs: number };

interface PlannedFault {
  readonly fault: CosmosFault;
  readonly operation: CosmosOperation | undefined;
  readonly met: () => void;
  spared: number;
  times: number;
}

interface FaultOptions {
  /** Requests of other kinds are left alone. */
  readonly operation?: CosmosOperation;
  /** So many requests that it would fit go well first. */
  readonly after?: number;
  readonly times?: number;
  /** Called in the moment in which a request meets it. */
  readonly met?: () => void;
}

/** Faults in the order in which they were asked for; each hits the next request that it fits. */
export class CosmosFaults {
  readonly #planned: PlannedFault[] = [];
  #mix: { faults: readonly CosmosFault[]; chance: number; random: () => number } | null = null;

  /** The next `times` requests on items (of that operation) meet the fault. */
  next(fault: CosmosFault, options: FaultOptions = {}): void {
    const { operation, after = 0, times = 1, met = () => undefined } = options;
    this.#planned.push({ fault, operation, met, spared: after, times });
  }

  /** Each request on items meets one of the faults with that chance, by a random number from 0 to 1. */
  mix(faults: readonly CosmosFault[], chance: number, random: () => number): void {
    this.#mix = { faults, chance, random };
  }

  clear(): void {
    this.#planned.length = 0;
    this.#mix = null;
  }

  /** The fault that hits this request, used up by it. */
  take(operation: CosmosOperation): CosmosFault | null {
    const planned = this.#planned.find((each) => each.operation === undefined || each.operation === operation);
    if (planned !== undefined && planned.spared > 0) {
      planned.spared -= 1;
      return null;
    }
    if (planned !== undefined) {
      planned.met();
      planned.times -= 1;
      if (planned.times === 0) this.#planned.splice(this.#planned.indexOf(planned), 1);
      return planned.fault;
    }
    if (this.#mix === null || this.#mix.random() >= this.#mix.chance) return null;
    return this.#mix.faults[Math.floor(this.#mix.random() * this.#mix.faults.length)] ?? null;
  }
}
