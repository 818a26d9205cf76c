import type { AuditRow } from "../domain/audit.ts";
import type { Person } from "../domain/person.ts";
import type { Role } from "../domain/role.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { RoleStore } from "../ports/stores.ts";

export interface ChangeRoleDeps {
  readonly roles: RoleStore;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

interface ChangeRoleInput {
  readonly accountId: string;
  readonly person: Person;
  readonly by: Person;
  readonly where: string;
}

export type GrantOutcome =
  | { readonly kind: "granted"; readonly before: Role | null }
  | { readonly kind: "alreadySo" }
  | { readonly kind: "configuredAdmin" };

/** Gives somebody a role in place of the one they had. */
export async function grantRole(deps: ChangeRoleDeps, input: ChangeRoleInput & { role: Role }): Promise<GrantOutcome> {
  if (deps.configuredAdmins.has(input.person.id)) return { kind: "configuredAdmin" };
  const before = (await deps.roles.get(input.accountId, input.person.id))?.role ?? null;
  if (before === input.role) return { kind: "alreadySo" };
  await deps.roles.put({
    grant: {
      accountId: input.accountId,
      person: input.person,
      role: input.role,
      grantedBy: input.by,
      grantedAt: deps.clock.now(),
    },
    audit: auditRow(deps, input, "role.grant", before, input.role),
  });
  return { kind: "granted", before };
}

export type RevokeOutcome =
  | { readonly kind: "revoked"; readonly before: Role }
  | { readonly kind: "hadNone" }
  | { readonly kind: "configuredAdmin" };

/** Takes somebody's granted role away; admins of the configuration can only be removed there. */
export async function revokeRole(deps: ChangeRoleDeps, input: ChangeRoleInput): Promise<RevokeOutcome> {
  if (deps.configuredAdmins.has(input.person.id)) return { kind: "configuredAdmin" };
  const before = (await deps.roles.get(input.accountId, input.person.id))?.role ?? null;
  if (before === null) return { kind: "hadNone" };
  const audit = auditRow(deps, input, "role.revoke", before, null);
  const removed = await deps.roles.remove({ accountId: input.accountId, personId: input.person.id, audit });
  return removed ? { kind: "revoked", before } : { kind: "hadNone" };
}

function auditRow(
  deps: ChangeRoleDeps,
  input: ChangeRoleInput,
  verb: string,
  before: Role | null,
  after: Role | null,
): AuditRow {
  const id = deps.randomness.id();
  return {
    accountId: input.accountId,
    tenantId: null,
    id,
    operationId: id,
    at: deps.clock.now(),
    phase: "done",
    actor: { kind: "person", id: input.by.id, name: input.by.name },
    verb,
    target: `${input.person.name} (${input.person.id})`,
    before,
    after,
    where: input.where,
  };
}
