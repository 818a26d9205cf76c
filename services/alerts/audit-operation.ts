import type { Actor, AuditRow } from "../domain/audit.ts";
import type { Instant } from "../domain/instant.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { TenantScope } from "../ports/stores.ts";

/** One write to Defender and the two audit rows around it (R18): `intended` before, `outcome` after, one operation id. */
export interface AuditOperation {
  intended(at: Instant): AuditRow;
  outcome(at: Instant, after: string): AuditRow;
}

/** Starts the audit of one write to an alert; `before` is the alert's status and assignment as we know it. */
export function auditOperation(
  deps: { randomness: Randomness },
  input: {
    scope: TenantScope;
    actor: Actor;
    verb: string;
    alertId: string;
    before: string;
    wanted: string;
    where: string | null;
  },
): AuditOperation {
  const operationId = deps.randomness.id();
  const row = (phase: "intended" | "outcome", at: Instant, after: string): AuditRow => ({
    ...input.scope,
    id: deps.randomness.id(),
    operationId,
    at,
    phase,
    actor: input.actor,
    verb: input.verb,
    target: input.alertId,
    before: input.before,
    after,
    where: input.where,
  });
  return {
    intended: (at) => row("intended", at, input.wanted),
    outcome: (at, after) => row("outcome", at, after),
  };
}
