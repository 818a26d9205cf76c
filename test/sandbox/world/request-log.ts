import type { ApiName } from "./faults.ts";

/** One request that reached an API, in the order in which they came. */
export interface RecordedRequest {
  at: string;
  api: ApiName;
  method: string;
  /** Path with its query. */
  path: string;
  tenantId: string;
  body: string;
}

const mostKept = 50_000;

/** Remembers the newest 50,000 requests, so that a long bench does not fill the memory. */
export class RequestLog {
  readonly entries: RecordedRequest[] = [];

  add(entry: RecordedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > mostKept) this.entries.splice(0, mostKept / 2);
  }

  /** Those that match all that is given; `path` is matched against path and query. */
  find(which: { api?: ApiName; method?: string; tenantId?: string; path?: RegExp }): RecordedRequest[] {
    return this.entries.filter(
      (entry) =>
        (which.api === undefined || entry.api === which.api) &&
        (which.method === undefined || entry.method === which.method) &&
        (which.tenantId === undefined || entry.tenantId === which.tenantId) &&
        (which.path === undefined || which.path.test(entry.path)),
    );
  }

  clear(): void {
    this.entries.length = 0;
  }
}
