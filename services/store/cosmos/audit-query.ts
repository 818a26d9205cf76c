import { searched } from "../../domain/search-text.ts";
import type { AuditPage } from "../../ports/audit-log.ts";
import { keyText } from "./cosmos-item.ts";
import type { ItemQuery } from "./item-query.ts";

/**
 * The question for a page of the audit log, newest first; over all partitions, since a tenant's alerts have their rows beside
 * them. `olderThan` is the key that orders the row behind which the page begins. What is looked for is folded and cut as keys
 * are (keyText): texts that differ only beyond that are the same here.
 */
export function auditQuery(page: Omit<AuditPage, "olderThan">, olderThan: string | undefined): ItemQuery {
  const conditions = ["k.accountId = @accountId"];
  const values: Record<string, string> = { accountId: page.accountId };
  const add = (condition: string, more: Record<string, string>) => {
    conditions.push(condition);
    Object.assign(values, more);
  };
  const { tenantId, target, subject, since, verb, actor, offset, limit } = page;
  if (tenantId !== undefined) add("k.tenantId = @tenantId", { tenantId });
  if (target !== undefined) add("k.target = @target", { target: keyText(target) });
  if (subject !== undefined) {
    const ofTenant = subject.tenantId === null ? "" : "k.tenantId = @subjectTenant OR ";
    if (subject.tenantId !== null) values.subjectTenant = subject.tenantId;
    add(`(${ofTenant}CONTAINS(k.targetKey, @subject))`, { subject: keyText(searched(subject.text)) });
  }
  if (since !== undefined) add("k.at >= @since", { since });
  if (verb !== undefined) add("STARTSWITH(k.verbKey, @verb)", { verb: keyText(verb.toLowerCase()) });
  if (actor !== undefined) {
    const looked = { actor: keyText(searched(actor)), actorId: keyText(actor) };
    add("(CONTAINS(k.actorKey, @actor) OR k.actorId = @actorId)", looked);
  }
  if (olderThan !== undefined) add("k.order < @olderThan", { olderThan });
  return {
    partition: null,
    kind: "audit",
    where: conditions,
    values,
    orderBy: ["order"],
    descending: true,
    skip: offset ?? 0,
    take: limit,
  };
}
