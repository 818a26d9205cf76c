import type { AuditRow } from "../../domain/audit.ts";
import type { SealedRow } from "../../domain/audit-chain.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { AuditChains } from "../../ports/audit-log.ts";
import { auditColumns } from "./audit-columns.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, type Row, textOf } from "./stored-value.ts";

/** The audit log's chains as they are on disk, whatever was done to them. */
export function auditChains(database: Database): AuditChains {
  // Each step is one look into an index: to list all chains at once would read every row.
  const next = database.prepare(`
    SELECT min(chain) AS chain FROM (
      SELECT min(chain) AS chain FROM audit WHERE account_id = :accountId AND chain > :after
      UNION ALL SELECT min(chain) FROM audit_heads WHERE account_id = :accountId AND chain > :after)`);
  const rows = database.prepare(`
    SELECT * FROM audit WHERE account_id = ? AND chain = ? AND sequence > ? ORDER BY sequence LIMIT ?`);
  const head = database.prepare("SELECT sequence, hash FROM audit_heads WHERE account_id = ? AND chain = ?");

  return {
    nextChain: (accountId, after) =>
      database.read(() => {
        const chain = next.get({ accountId, after })?.chain;
        return typeof chain === "string" ? chain : null;
      }),
    chainRows: ({ accountId, chain, after, limit }) =>
      database.read(() => rows.all(accountId, chain, after, limit).map(sealedRow)),
    chainHead: (accountId, chain) =>
      database.read(() => {
        const row = head.get(accountId, chain);
        return row === undefined ? null : { sequence: numberOf(row, "sequence"), hash: textOf(row, "hash") };
      }),
  };
}

/** A row of the table as it stands there. */
export function sealedRow(stored: Row): SealedRow {
  const place = {
    sequence: numberOf(stored, "sequence"),
    previousHash: textOf(stored, "previous_hash"),
    hash: textOf(stored, "hash"),
  };
  return { row: soundRow(stored), ...place };
}

/** The row, unless it cannot be read or is found by something else than it says. */
function soundRow(stored: Row): AuditRow | null {
  try {
    const row = bodyOf<AuditRow>(stored);
    const differs = Object.entries(auditColumns(row)).some(([name, value]) => stored[name] !== value);
    return differs ? null : row;
  } catch (cause) {
    if (cause instanceof Breakdown || cause instanceof TypeError) return null;
    throw cause;
  }
}
