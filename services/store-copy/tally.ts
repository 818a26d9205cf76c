import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { KeptRecord } from "../domain/kept-record.ts";

/** How many records there are and what they come to, whatever their order: one more, one less or another one shows. */
export interface Tally {
  readonly count: number;
  readonly sum: bigint;
}

export const NOTHING: Tally = { count: 0, sum: 0n };

const MODULUS = 1n << 256n;

/** Adds the records' SHA-256 hashes, over kind and value as canonical JSON, modulo 2^256: two that are the same do not cancel out. */
export function tallied(tally: Tally, records: readonly KeptRecord[]): Tally {
  const sum = records.reduce((so, record) => so + BigInt(`0x${hashOf(record)}`), tally.sum);
  return { count: tally.count + records.length, sum: sum % MODULUS };
}

function hashOf({ kind, value }: KeptRecord): string {
  return createHash("sha256").update(canonicalJson({ kind, value })).digest("hex");
}
