import type { KeptKind, KeptRecord } from "../../domain/kept-record.ts";
import type { CopySource, RecordPage } from "../../ports/store-copy.ts";
import type { Database } from "./database.ts";
import { type KeptRows, keptRows } from "./kept-rows.ts";
import { numberOf, type Row } from "./stored-value.ts";

/** A page ends there, whatever was asked for, so that hostile alerts do not fill the memory. */
const PAGE_BYTES = 4_000_000;

/** The records of a database, page after page, by the columns that tell a row from all others. */
export function keptPages(database: Database): Pick<CopySource, "count" | "page"> {
  const kinds = keptRows(database);
  const count = (kind: KeptKind) => database.prepare(`SELECT count(*) AS count FROM ${kinds[kind].table}`);
  return {
    count: (kind) => database.read(() => numberOf(count(kind).get() ?? {}, "count")),
    page: (kind, after, limit) =>
      database.read((): RecordPage => {
        const rows = kinds[kind];
        const keys: readonly (string | number)[] = after === null ? [] : JSON.parse(after);
        const statement = database.prepare(pageSql(rows, after !== null));
        const records: KeptRecord[] = [];
        let bytes = 0;
        for (const row of statement.iterate(...keys, limit)) {
          records.push(rows.record(row));
          bytes += String(row.body ?? "").length;
          if (records.length === limit || bytes > PAGE_BYTES) return { records, next: placeOf(rows, row) };
        }
        return { records, next: null };
      }),
  };
}

/** Keys are compared as one value, by which their index is entered; where they are of two tables, by those of the first. */
function pageSql({ table, from, entry = [], keys, columns }: KeptRows, goesOn: boolean): string {
  const order = keys.join(", ");
  const row = `(${order})`;
  const marks = (names: readonly string[]) => names.map((_, place) => `?${place + 1}`).join(", ");
  const entered = entry.length === 0 ? "" : `(${entry.join(", ")}) >= (${marks(entry)}) AND `;
  const where = goesOn ? `WHERE ${entered}${row} > (${marks(keys)})` : "";
  const limit = goesOn ? `?${keys.length + 1}` : "?1";
  return `SELECT ${order}, ${columns} FROM ${from ?? table} ${where} ORDER BY ${order} LIMIT ${limit}`;
}

function placeOf({ keys }: KeptRows, row: Row): string {
  return JSON.stringify(keys.map((key) => row[key]));
}
