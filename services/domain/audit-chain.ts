import type { AuditRow } from "./audit.ts";
import { canonicalJson } from "./canonical-json.ts";

/** A row as it is stored: its place in its chain, and what ties it to the row before. */
export interface SealedRow {
  /** Null where what is stored cannot be read, or differs from what it is found by. */
  readonly row: AuditRow | null;
  readonly sequence: number;
  /** "" for the first row of a chain. */
  readonly previousHash: string;
  readonly hash: string;
}

/** SHA-256 of a text, hex. */
export type Sha256 = (text: string) => string;

/**
 * The chain a row belongs to: one per tenant and month for what was done to its alerts, and one per account and month for
 * all else (links, settings, roles, ...). A row, what it tells of and its chain's head are so always written together, where
 * the store keeps them together. The account is told apart beside it.
 */
export function chainOf(row: Pick<AuditRow, "tenantId" | "at" | "verb">): string {
  return `${row.at.slice(0, 7)}/${isOfAlert(row) ? row.tenantId : ""}`;
}

/** Whether the row tells of something done to one of a tenant's alerts. */
export function isOfAlert<Row extends Pick<AuditRow, "tenantId" | "verb">>(
  row: Row,
): row is Row & { tenantId: string } {
  return row.tenantId !== null && row.verb.startsWith("alert.");
}

/** The hash that seals a row in its place: over the row, its sequence and the hash of the row before, as canonical JSON. */
export function sealOf(sha256: Sha256, input: { row: AuditRow; sequence: number; previousHash: string }): string {
  const { row, sequence, previousHash } = input;
  return sha256(canonicalJson({ row, sequence, previousHash }));
}

/** What is wrong with a chain at a place. */
export type ChainFault =
  /** The row is not what was written. */
  | "altered"
  /** One row or more before this one are gone. */
  | "missing"
  /** The row is itself sound, but does not follow the row before it. */
  | "order"
  /** The chain's head names a row that is not there: the last rows are gone. */
  | "headAhead"
  /** The chain's head is gone, or older than the rows: it was set back, or rows were added past it. */
  | "headBehind";

/** Whether a row follows the one before it (`last`; sequence 0 and hash "" before the first); null when it does. */
export function faultAt(
  sha256: Sha256,
  input: { chain: string; last: { sequence: number; hash: string }; sealed: SealedRow },
): ChainFault | null {
  const { chain, last, sealed } = input;
  const { row, sequence, previousHash, hash } = sealed;
  if (sequence > last.sequence + 1) return "missing";
  if (row === null || chainOf(row) !== chain || sealOf(sha256, { row, sequence, previousHash }) !== hash)
    return "altered";
  return sequence === last.sequence + 1 && previousHash === last.hash ? null : "order";
}
