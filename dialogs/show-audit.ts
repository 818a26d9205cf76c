import { auditCard } from "../cards/audit-card.ts";
import { PAGE_SIZE } from "../cards/page-words.ts";
import type { AuditStore, ConversationStore } from "../services/ports/stores.ts";
import { auditFilterOf, type FindAuditDeps } from "./find-audit.ts";
import { card, type Reply, type Turn } from "./turn.ts";

export interface ShowAuditDeps extends FindAuditDeps {
  readonly audit: Pick<AuditStore, "list">;
  readonly conversations: Pick<ConversationStore, "get">;
}

/** A page of the audit log, newest first: who, what, before and after, where, when. */
export async function showAudit(
  deps: ShowAuditDeps,
  turn: Turn,
  input: { filter: string; offset: number },
): Promise<Reply> {
  const accountId = turn.account.id;
  const { filter, understood } = await auditFilterOf(deps, turn, input.filter);
  const found = await deps.audit.list({ ...filter, accountId, offset: input.offset, limit: PAGE_SIZE + 1 });
  const rows = await Promise.all(
    found.slice(0, PAGE_SIZE).map(async (row) => ({ row, where: await placeOf(deps, accountId, row.where) })),
  );
  return card(auditCard({ rows, understood, hasMore: found.length > PAGE_SIZE, ...input }));
}

async function placeOf(deps: ShowAuditDeps, accountId: string, where: string | null): Promise<string | null> {
  if (where === null) return null;
  const conversation = await deps.conversations.get(accountId, where);
  if (conversation === null) return "a conversation the bot has left";
  return conversation.kind === "personal" ? "a 1:1 chat" : conversation.name;
}
