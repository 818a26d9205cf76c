import type { Clock } from "../../ports/clock.ts";
import type { EphemeralStore } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { numberOf, textOf, versionOf } from "./stored-value.ts";

/** Ended rows deleted with each write: more than one, so that they never pile up. */
const PURGED_PER_WRITE = 20;

/** Small values with an end. What has ended is invisible at once and deleted by later writes. */
export function sqliteEphemeral(database: Database, clock: Clock): EphemeralStore {
  const living = database.prepare("SELECT version, body FROM ephemerals WHERE key = ? AND ends_at > ?");
  const put = database.prepare("INSERT OR REPLACE INTO ephemerals VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM ephemerals WHERE key = ?");
  const purge = database.prepare(
    "DELETE FROM ephemerals WHERE key IN (SELECT key FROM ephemerals WHERE ends_at <= ? ORDER BY ends_at LIMIT ?)",
  );

  return {
    get: (key) =>
      database.read(() => {
        const row = living.get(key, clock.now());
        return row === undefined ? null : { value: textOf(row, "body"), etag: String(numberOf(row, "version")) };
      }),
    put: ({ key, value, etag, endsAt }) =>
      database.writeUnlessConflict((version) => {
        const now = clock.now();
        purge.run(now, PURGED_PER_WRITE);
        if (etag !== "*") {
          const row = living.get(key, now);
          const found = row === undefined ? null : numberOf(row, "version");
          if (found !== (etag === null ? null : versionOf(etag))) {
            return "conflict";
          }
        }
        put.run(key, endsAt, version, value);
        return "stored";
      }),
    remove: (key) =>
      database.write(() => {
        remove.run(key);
      }),
  };
}
