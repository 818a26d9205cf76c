import type { AuditRow } from "../../domain/audit.ts";
import { chainOf } from "../../domain/audit-chain.ts";
import { organizationKey } from "../../domain/organization.ts";

/** What a row of the audit log is found by, beside its place; made from the row alone, so that it can be checked against it. */
export interface AuditColumns {
  readonly account_id: string;
  readonly row_id: string;
  readonly tenant_id: string | null;
  readonly at: string;
  readonly chain: string;
  readonly target: string;
  readonly target_key: string;
  readonly verb_key: string;
  readonly actor_key: string;
  readonly actor_id: string;
}

export function auditColumns(row: AuditRow): AuditColumns {
  return {
    account_id: row.accountId,
    row_id: row.id,
    tenant_id: row.tenantId,
    at: row.at,
    chain: chainOf(row),
    target: kept(row.target),
    target_key: kept(organizationKey(row.target)),
    verb_key: kept(row.verb.toLowerCase()),
    actor_key: row.actor.kind === "watchdesk" ? "watchdesk" : kept(organizationKey(row.actor.name)),
    actor_id: row.actor.kind === "watchdesk" ? "" : kept(row.actor.id),
  };
}

/** The text as SQLite gives it back: no half characters, and nothing that would end it early. */
function kept(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}
