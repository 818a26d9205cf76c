import { Breakdown } from "../../domain/breakdown.ts";

/** SQLite's primary result codes that pass by themselves or once somebody has made room: busy, locked, I/O, full, cannot open. */
const PASSING = new Set([5, 6, 10, 13, 14]);
const CONSTRAINT = 19;
const BUSY = 5;

/** Whether SQLite says that somebody else has what is asked for. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && primaryCode(error) === BUSY;
}

/**
 * What to throw for what SQLite threw: Breakdown "store-unavailable" when the store does not answer (busy, full, corrupt,
 * closed), "conflict" when a write breaks a rule of the schema that its caller should have kept. Anything that is not
 * SQLite's own error comes back as it is. Codes: https://www.sqlite.org/rescode.html
 */
export function storeFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) {
    return error;
  }
  if (error.code === "ERR_INVALID_STATE") {
    return new Breakdown("store-unavailable", "The store is closed.", { cause: error });
  }
  if (error.code !== "ERR_SQLITE_ERROR") {
    return error;
  }
  const primary = primaryCode(error);
  const detail = "errstr" in error && typeof error.errstr === "string" ? error.errstr : null;
  if (primary === CONSTRAINT) {
    return new Breakdown("conflict", "The store refused a write that breaks one of its rules.", {
      detail,
      cause: error,
    });
  }
  return new Breakdown("store-unavailable", "The store does not answer.", {
    retryable: PASSING.has(primary),
    detail,
    cause: error,
  });
}

function primaryCode(error: Error): number {
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : 0;
}
