import { createHash } from "node:crypto";
import type { AuditRow } from "../../domain/audit.ts";
import { chainOf, type Sha256, sealOf } from "../../domain/audit-chain.ts";
import type { KeptAuditHead, KeptAuditRow } from "../../domain/kept-record.ts";
import { auditColumns } from "./audit-columns.ts";
import type { Database } from "./database.ts";
import { numberOf, textOf } from "./stored-value.ts";

/** Appends rows, each at the end of its chain, and moves the chains' heads on, inside the transaction of what they tell of. */
export type AuditWriter = (rows: readonly AuditRow[]) => void;

const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Writes a row that is sealed already, in its place, inside a transaction of the caller's. */
export function sealedRowInsert(database: Database): (sealed: KeptAuditRow) => void {
  const insert = database.prepare(
    `INSERT INTO audit (account_id, row_id, tenant_id, at, chain, sequence, target, target_key, verb_key, actor_key,
       actor_id, previous_hash, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ row, sequence, previousHash, hash }) => {
    const { account_id, row_id, tenant_id, at, chain, ...found } = auditColumns(row);
    const { target, target_key, verb_key, actor_key, actor_id } = found;
    const place = [account_id, row_id, tenant_id, at, chain, sequence];
    const keys = [target, target_key, verb_key, actor_key, actor_id];
    insert.run(...place, ...keys, previousHash, hash, JSON.stringify(row));
  };
}

/** Lets a chain's head say where the chain ends, inside a transaction of the caller's. */
export function auditHeadPut(database: Database): (head: KeptAuditHead) => void {
  const put = database.prepare(
    `INSERT INTO audit_heads (account_id, chain, sequence, hash) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
  );
  return ({ accountId, chain, sequence, hash }) => {
    put.run(accountId, chain, sequence, hash);
  };
}

export function auditWriter(database: Database): AuditWriter {
  const head = database.prepare("SELECT sequence, hash FROM audit_heads WHERE account_id = ? AND chain = ?");
  const insert = sealedRowInsert(database);
  const moveHead = auditHeadPut(database);
  return (rows) => {
    for (const row of rows) {
      const { accountId } = row;
      const chain = chainOf(row);
      const last = head.get(accountId, chain);
      const sequence = last === undefined ? 1 : numberOf(last, "sequence") + 1;
      const previousHash = last === undefined ? "" : textOf(last, "hash");
      const hash = sealOf(sha256, { row, sequence, previousHash });
      insert({ row, sequence, previousHash, hash });
      moveHead({ accountId, chain, sequence, hash });
    }
  };
}
