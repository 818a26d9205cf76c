import type { ChannelBinding } from "../../domain/conversation.ts";
import type { BindingStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf } from "./stored-value.ts";

/** Writes a binding, inside a transaction of the caller's. */
export function bindingPut(database: Database): (binding: ChannelBinding) => void {
  const put = database.prepare("INSERT OR REPLACE INTO bindings VALUES (?, ?, ?, ?, ?)");
  return (binding) => {
    const { accountId, conversationId, kind, boundAt } = binding;
    put.run(accountId, conversationId, kind, boundAt, JSON.stringify(binding));
  };
}

/** What conversations are bound to, the oldest binding first. */
export function sqliteBindings(database: Database, writeAudit: AuditWriter): BindingStore {
  const ordered = "ORDER BY bound_at, conversation_id, kind";
  const all = database.prepare(`SELECT body FROM bindings WHERE account_id = ? ${ordered}`);
  const ofKind = database.prepare(`SELECT body FROM bindings WHERE account_id = ? AND kind = ? ${ordered}`);
  const ofConversation = database.prepare(
    `SELECT body FROM bindings WHERE account_id = ? AND conversation_id = ? ${ordered}`,
  );
  const put = bindingPut(database);
  const remove = database.prepare("DELETE FROM bindings WHERE account_id = ? AND conversation_id = ? AND kind = ?");

  return {
    list: (accountId, kind) =>
      database.read(() => {
        const rows = kind === undefined ? all.all(accountId) : ofKind.all(accountId, kind);
        return rows.map((row) => bodyOf<ChannelBinding>(row));
      }),
    ofConversation: (accountId, conversationId) =>
      database.read(() => ofConversation.all(accountId, conversationId).map((row) => bodyOf<ChannelBinding>(row))),
    put: ({ binding, audit }) =>
      database.write(() => {
        put(binding);
        writeAudit(audit === null ? [] : [audit]);
      }),
    remove: ({ accountId, conversationId, kind, audit }) =>
      database.write(() => {
        const removed = remove.run(accountId, conversationId, kind).changes === 1;
        writeAudit(removed ? [audit] : []);
        return removed;
      }),
  };
}
