import type { DatabaseSync } from "node:sqlite";
import { Breakdown } from "../../domain/breakdown.ts";
import { INITIAL_SCHEMA } from "./initial-schema.ts";
import { numberOf } from "./stored-value.ts";

/** In order; the n-th leads from schema n-1 to schema n. One that has shipped is never changed again. */
const MIGRATIONS: readonly string[] = [INITIAL_SCHEMA];

/**
 * Brings the schema up to date, all or nothing. Throws Breakdown "store-unavailable", with a sentence for the operator,
 * when the file was written by a newer version than this one.
 */
export function migrate(connection: DatabaseSync, path: string): void {
  if (schemaOf(connection) === MIGRATIONS.length) {
    return;
  }
  connection.exec("BEGIN IMMEDIATE");
  try {
    // Read again under the lock: another process may have migrated in between.
    const found = schemaOf(connection);
    if (found > MIGRATIONS.length) {
      throw new Breakdown(
        "store-unavailable",
        `The database ${path} was written by a newer version (schema ${found}; this version knows schemas up to ` +
          `${MIGRATIONS.length}). Start that version, or restore a backup from before the update.`,
      );
    }
    for (const migration of MIGRATIONS.slice(found)) {
      connection.exec(migration);
    }
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    connection.exec("COMMIT");
  } catch (error) {
    if (connection.isTransaction) {
      connection.exec("ROLLBACK");
    }
    throw error;
  }
}

function schemaOf(connection: DatabaseSync): number {
  return numberOf(connection.prepare("PRAGMA user_version").get() ?? {}, "user_version");
}
