import { createHash } from "node:crypto";
import type { AuditRow } from "../../domain/audit.ts";
import { type Sha256, sealOf } from "../../domain/audit-chain.ts";
import { auditColumns } from "./audit-columns.ts";
import type { Database } from "./database.ts";
import { numberOf, textOf } from "./stored-value.ts";

/** Appends rows, each at the end of its chain, and moves the chains' heads on, inside the transaction of what they tell of. */
export type AuditWriter = (rows: readonly AuditRow[]) => void;

const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

export function auditWriter(database: Database): AuditWriter {
  const head = database.prepare("SELECT sequence, hash FROM audit_heads WHERE account_id = ? AND chain = ?");
  const insert = database.prepare(
    `INSERT INTO audit (account_id, row_id, tenant_id, at, chain, sequence, target, target_key, verb_key, actor_key,
       actor_id, previous_hash, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const moveHead = database.prepare(
    `INSERT INTO audit_heads (account_id, chain, sequence, hash) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
  );
  return (rows) => {
    for (const row of rows) {
      const { account_id, row_id, tenant_id, at, chain, ...found } = auditColumns(row);
      const last = head.get(account_id, chain);
      const sequence = last === undefined ? 1 : numberOf(last, "sequence") + 1;
      const previousHash = last === undefined ? "" : textOf(last, "hash");
      const hash = sealOf(sha256, { row, sequence, previousHash });
      const { target, target_key, verb_key, actor_key, actor_id } = found;
      const keys = [
        account_id,
        row_id,
        tenant_id,
        at,
        chain,
        sequence,
        target,
        target_key,
        verb_key,
        actor_key,
        actor_id,
      ];
      insert.run(...keys, previousHash, hash, JSON.stringify(row));
      moveHead.run(account_id, chain, sequence, hash);
    }
  };
}
