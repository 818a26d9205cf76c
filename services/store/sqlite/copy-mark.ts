import { Breakdown } from "../../domain/breakdown.ts";
import type { CopyMark } from "../../ports/store-copy.ts";
import type { Database } from "./database.ts";
import { textOf } from "./stored-value.ts";

/** How far a copy into this database has come: a table that is there as long as the copy goes on. */
export function readMark(database: Database): CopyMark | null {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'store_copy'").get() === undefined) return null;
  const row = database.prepare("SELECT mark FROM store_copy").get();
  return row === undefined ? null : (JSON.parse(textOf(row, "mark")) as CopyMark);
}

/** Inside a transaction of the caller's, as are the records that it speaks of. */
export function writeMark(database: Database, mark: CopyMark): void {
  database.prepare("CREATE TABLE IF NOT EXISTS store_copy (only INTEGER PRIMARY KEY, mark TEXT NOT NULL) STRICT").run();
  database.prepare("INSERT OR REPLACE INTO store_copy VALUES (1, ?)").run(JSON.stringify(mark));
}

export function removeMark(database: Database): void {
  database.prepare("DROP TABLE IF EXISTS store_copy").run();
}

/** Throws Breakdown "store-unavailable" where a copy into this database has not come to its end. */
export function refuseHalfCopied(database: Database): void {
  const mark = readMark(database);
  if (mark === null) return;
  const sentence = `A copy of ${mark.from} into this database was begun and is not finished: run \`npm run store:copy\` again.`;
  throw new Breakdown("store-unavailable", sentence, { detail: "half copied" });
}
