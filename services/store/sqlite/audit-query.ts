import { searched } from "../../domain/search-text.ts";
import type { AuditPage } from "../../ports/audit-log.ts";

type Value = string | number | null;

/** The statement that reads a page of the audit log, newest first, and the values of its parameters. */
export function auditQuery(page: AuditPage): { sql: string; values: Readonly<Record<string, Value>> } {
  const conditions = ["account_id = :accountId"];
  const values: Record<string, Value> = { accountId: page.accountId, limit: page.limit, offset: page.offset ?? 0 };
  const add = (condition: string, more: Record<string, Value>) => {
    conditions.push(condition);
    Object.assign(values, more);
  };
  const { tenantId, target, subject, since, verb, actor, olderThan } = page;
  if (tenantId !== undefined) add("tenant_id = :tenantId", { tenantId });
  if (target !== undefined) add("target = :target", { target });
  if (subject !== undefined) {
    const ofTenant = subject.tenantId === null ? "" : "tenant_id = :subjectTenant OR ";
    if (subject.tenantId !== null) values.subjectTenant = subject.tenantId;
    add(`(${ofTenant}instr(target_key, :subject) > 0)`, { subject: searched(subject.text) });
  }
  if (since !== undefined) add("at >= :since", { since });
  if (verb !== undefined) add("substr(verb_key, 1, length(:verb)) = :verb", { verb: verb.toLowerCase() });
  if (actor !== undefined)
    add("(instr(actor_key, :actor) > 0 OR actor_id = :actorId)", {
      actor: searched(actor),
      actorId: actor,
    });
  if (olderThan !== undefined) {
    const position = "(SELECT position FROM audit WHERE account_id = :accountId AND row_id = :olderId)";
    add(`(at, position) < (:olderAt, ${position})`, { olderAt: olderThan.at, olderId: olderThan.id });
  }
  const sql = `SELECT body FROM audit WHERE ${conditions.join(" AND ")}
    ORDER BY at DESC, position DESC LIMIT :limit OFFSET :offset`;
  return { sql, values };
}
