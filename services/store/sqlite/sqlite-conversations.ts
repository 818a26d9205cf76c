import type { Conversation } from "../../domain/conversation.ts";
import type { ConversationStore } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { bodyOf, type Row } from "./stored-value.ts";

/** Writes a conversation that was heard of now, inside a transaction of the caller's: the higher the version, the later. */
export function conversationPut(database: Database): (conversation: Conversation, version: number) => void {
  const put = database.prepare("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?, ?)");
  return (conversation, version) => {
    const { accountId, id, kind, personId } = conversation;
    put.run(accountId, id, kind, personId, version, JSON.stringify(conversation));
  };
}

/** The places that the bot may write to. */
export function sqliteConversations(database: Database): ConversationStore {
  const put = conversationPut(database);
  const byId = database.prepare("SELECT body FROM conversations WHERE account_id = ? AND conversation_id = ?");
  // A reinstalled bot may have two 1:1 chats with a person: the one heard of last is the living one.
  const personal = database.prepare(
    `SELECT body FROM conversations WHERE account_id = ? AND person_id = ? AND kind = 'personal'
     ORDER BY version DESC LIMIT 1`,
  );
  const shared = database.prepare(
    "SELECT body FROM conversations WHERE account_id = ? AND kind <> 'personal' ORDER BY version DESC LIMIT ?",
  );
  const forget = database.prepare("DELETE FROM conversations WHERE account_id = ? AND conversation_id = ?");
  const forgetBindings = database.prepare("DELETE FROM bindings WHERE account_id = ? AND conversation_id = ?");
  const conversationIn = (row: Row | undefined) => (row === undefined ? null : bodyOf<Conversation>(row));

  return {
    put: (conversation) => database.write((version) => put(conversation, version)),
    get: (accountId, conversationId) => database.read(() => conversationIn(byId.get(accountId, conversationId))),
    personal: (accountId, personId) => database.read(() => conversationIn(personal.get(accountId, personId))),
    shared: (accountId, limit) => database.read(() => shared.all(accountId, limit).map(bodyOf<Conversation>)),
    remove: (accountId, conversationId) =>
      database.write(() => {
        forget.run(accountId, conversationId);
        forgetBindings.run(accountId, conversationId);
      }),
  };
}
