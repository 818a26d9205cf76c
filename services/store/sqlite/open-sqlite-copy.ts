import { existsSync } from "node:fs";
import { Breakdown } from "../../domain/breakdown.ts";
import type { CopyTarget } from "../../ports/store-copy.ts";
import { openDatabase } from "./database.ts";
import { sqliteCopy } from "./sqlite-copy.ts";

/**
 * Opens a database for a copy alone: while it is open nobody else can use it. Throws Breakdown "store-unavailable", with what to
 * do, where somebody has it open, where one that has to be there is not, and where the file cannot be used.
 */
export function openSqliteCopy({ path, mustExist }: { path: string; mustExist: boolean }): {
  store: CopyTarget;
  close(): Promise<void>;
} {
  if (mustExist && !existsSync(path)) {
    throw new Breakdown("store-unavailable", `There is no database at ${path}: look at SQLITE_PATH.`);
  }
  const database = openDatabase(path, { alone: true });
  return { store: sqliteCopy(database), close: () => database.close() };
}
