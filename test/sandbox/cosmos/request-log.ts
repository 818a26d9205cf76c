export type CosmosOperation = "read" | "query" | "create" | "replace" | "upsert" | "delete" | "batch";

export interface CosmosRequest {
  readonly operation: CosmosOperation;
  /** The partition's value as JSON; null: asked across partitions. */
  readonly partition: string | null;
  readonly sql?: string;
  /** In request units. */
  readonly charge: number;
  readonly status: number;
}

/** What was asked of items, in order. */
export class CosmosRequestLog {
  #requests: CosmosRequest[] = [];

  add(request: CosmosRequest): void {
    this.#requests.push(request);
  }

  all(): readonly CosmosRequest[] {
    return this.#requests;
  }

  /** Questions that went to all partitions. */
  acrossPartitions(): readonly CosmosRequest[] {
    return this.#requests.filter(({ partition }) => partition === null);
  }

  charge(): number {
    return Math.round(this.#requests.reduce((sum, request) => sum + request.charge, 0) * 100) / 100;
  }

  clear(): void {
    this.#requests = [];
  }
}
