import { type MoveRequest, OPEN_MOVE_STATES } from "../../domain/move-request.ts";
import type { MoveStore } from "../../ports/move-store.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { textOf, versionedOf, versionOf } from "./stored-value.ts";

/** Writes a new move, inside a transaction of the caller's. */
export function moveInsert(database: Database): (move: MoveRequest, version: number) => void {
  const insert = database.prepare("INSERT INTO moves VALUES (?, ?, ?, ?, ?, ?, ?)");
  return (move, version) => {
    const { id, accountId, tenantId, dueAt } = move;
    insert.run(id, accountId, tenantId, isOpen(move), dueAt, version, JSON.stringify(move));
  };
}

function isOpen(move: MoveRequest): number {
  return Number(OPEN_MOVE_STATES.has(move.state));
}

/** Moves of tenants; the open one of a tenant is unique by an index. */
export function sqliteMoves(database: Database, writeAudit: AuditWriter): MoveStore {
  const insert = moveInsert(database);
  const replace = database.prepare(
    "UPDATE moves SET open = ?, due_at = ?, version = ?, body = ? WHERE move_id = ? AND account_id = ? AND version = ?",
  );
  const byId = database.prepare("SELECT version, body FROM moves WHERE move_id = ?");
  const openOf = database.prepare(
    "SELECT version, body FROM moves WHERE account_id = ? AND tenant_id = ? AND open = 1",
  );
  const due = database.prepare("SELECT move_id FROM moves WHERE due_at <= ? ORDER BY due_at LIMIT ?");

  return {
    create: ({ move, audit }) =>
      database.write((version) => {
        const row = openOf.get(move.accountId, move.tenantId);
        if (row !== undefined) {
          return { kind: "openAlready", move: versionedOf<MoveRequest>(row).value };
        }
        insert(move, version);
        writeAudit([audit]);
        return { kind: "created" };
      }),
    get: (moveId) =>
      database.read(() => {
        const row = byId.get(moveId);
        return row === undefined ? null : versionedOf<MoveRequest>(row);
      }),
    update: ({ move, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        const values = [isOpen(move), move.dueAt, version, JSON.stringify(move)];
        if (replace.run(...values, move.id, move.accountId, versionOf(etag)).changes === 0) {
          return "conflict";
        }
        writeAudit(audit === undefined ? [] : [audit]);
        return "stored";
      }),
    openOf: ({ accountId, tenantId }) =>
      database.read(() => {
        const row = openOf.get(accountId, tenantId);
        return row === undefined ? null : versionedOf<MoveRequest>(row);
      }),
    due: ({ now, limit }) => database.read(() => due.all(now, limit).map((row) => textOf(row, "move_id"))),
  };
}
