import { auditCard } from "../cards/audit-card.ts";
import type { AuditStore } from "../services/ports/stores.ts";
import { card, type Reply, type Turn } from "./turn.ts";

const ROWS = 15;

/** The newest changes, with who, what and when. */
export async function showAudit(deps: { audit: AuditStore }, turn: Turn): Promise<Reply> {
  return card(auditCard({ rows: await deps.audit.list({ accountId: turn.account.id, limit: ROWS }) }));
}
