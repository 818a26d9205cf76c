import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Breakdown } from "../../domain/breakdown.ts";
import type { WriteOutcome } from "../../ports/stores.ts";
import { migrate } from "./migrations.ts";
import { isBusy, storeFailure } from "./store-failure.ts";
import { numberOf } from "./stored-value.ts";

/** Keeps the file to one connection from its first look on: no other can read or write, and none may have it open already. */
const ALONE = "PRAGMA locking_mode = EXCLUSIVE;";

/** How long a write waits for another process's lock. Short: the wait stands in the event loop. */
const BUSY_TIMEOUT_MS = 1_000;

/*
 * WAL with synchronous NORMAL: a commit has reached the operating system before it is acknowledged, so kill -9 at any point
 * loses no acknowledged row. A power cut may lose the last moments, whole transactions only and the newest first: the
 * watermark then stands as far back as its alerts, and they are read again. FULL would fsync inside the event loop.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -32000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA trusted_schema = OFF;
`;

/** One connection. Errors of SQLite leave it as Breakdowns (storeFailure). */
export interface Database {
  /** A statement to keep for the life of the connection. */
  prepare(sql: string): StatementSync;
  read<Result>(work: () => Result): Promise<Result>;
  /**
   * Does the work in one transaction that holds the write lock from its start. `version` is new with every transaction and
   * never given twice, so that an etag of a removed row never fits the row that took its place.
   */
  write<Result>(work: (version: number) => Result): Promise<Result>;
  /** As write, but what was done is undone when the outcome is "conflict". */
  writeUnlessConflict(work: (version: number) => WriteOutcome): Promise<WriteOutcome>;
  close(): Promise<void>;
}

/**
 * Opens the database, ":memory:" or a file whose folder is made if needed, and brings its schema up to date. Throws
 * Breakdown "store-unavailable" when it cannot be opened, is damaged, or was written by a newer version; with `alone` also when
 * somebody else has it open.
 */
export function openDatabase(path: string, { alone = false }: { alone?: boolean } = {}): Database {
  try {
    return connect(path, alone);
  } catch (error) {
    const failure = storeFailure(error);
    if (alone && isBusy(error)) {
      const sentence = `Somebody is at work in the database ${path}: stop Watchdesk, and start again.`;
      throw new Breakdown("store-unavailable", sentence, { retryable: true, cause: error });
    }
    if (failure instanceof Breakdown) {
      throw failure;
    }
    throw new Breakdown("store-unavailable", `The database ${path} cannot be opened.`, { cause: error });
  }
}

function connect(path: string, alone: boolean): Database {
  const created = path !== ":memory:" && !existsSync(path);
  if (created) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }
  const connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    connection.exec(alone ? `${ALONE}${PRAGMAS}` : PRAGMAS);
    if (created) {
      chmodSync(path, 0o600);
    }
    migrate(connection, path);
    return database(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function database(connection: DatabaseSync): Database {
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const nextVersion = connection.prepare("UPDATE version_counter SET value = value + 1 RETURNING value");

  const transact = <Result>(work: (version: number) => Result, keeps: (result: Result) => boolean): Result => {
    try {
      begin.run();
      const result = work(numberOf(nextVersion.get() ?? {}, "value"));
      if (keeps(result)) {
        commit.run();
      } else {
        connection.exec("ROLLBACK");
      }
      return result;
    } catch (error) {
      // SQLite ends the transaction by itself on some errors (full, I/O); a second ROLLBACK would hide the first error.
      if (connection.isOpen && connection.isTransaction) {
        connection.exec("ROLLBACK");
      }
      throw storeFailure(error);
    }
  };

  return {
    prepare: (sql) => connection.prepare(sql),
    read: async (work) => {
      try {
        return work();
      } catch (error) {
        throw storeFailure(error);
      }
    },
    write: async (work) => transact(work, () => true),
    writeUnlessConflict: async (work) => transact(work, (outcome) => outcome === "stored"),
    close: async () => {
      if (connection.isOpen) {
        connection.close();
      }
    },
  };
}
