import type { SQLOutputValue } from "node:sqlite";
import { Breakdown } from "../../domain/breakdown.ts";
import type { Versioned } from "../../ports/stores.ts";

/** A row as node:sqlite gives it. */
export type Row = Record<string, SQLOutputValue>;

/** A text column; a row without it does not fit the schema: Breakdown "store-unavailable". */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") {
    throw new Breakdown("store-unavailable", "A stored row does not fit the schema.", { detail: column });
  }
  return value;
}

/** A whole number, 0 where SQL gave NULL (the sum of no rows). */
export function numberOf(row: Row, column: string): number {
  return Number(row[column] ?? 0);
}

/** The value that `body` holds as JSON. Only this adapter writes it, so its shape is ours and is not parsed again. */
export function bodyOf<Value>(row: Row): Value {
  const body = textOf(row, "body");
  try {
    return JSON.parse(body) as Value;
  } catch (cause) {
    throw new Breakdown("store-unavailable", "A stored value is damaged.", { cause });
  }
}

/** The value with the tag of its version, from the columns `body` and `version`. */
export function versionedOf<Value>(row: Row): Versioned<Value> {
  return { value: bodyOf<Value>(row), etag: String(numberOf(row, "version")) };
}

/** The version an etag names; one that is not ours matches nothing. */
export function versionOf(etag: string): number {
  return /^[1-9]\d{0,14}$/.test(etag) ? Number(etag) : -1;
}
