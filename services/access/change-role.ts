import type { AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { Instant } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { Role, RoleGrant } from "../domain/role.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AuditStore, RoleStore } from "../ports/stores.ts";
import { type ConfiguredAdminsDeps, configuredAdminsOf } from "./configured-admins.ts";
import { decideRoleChange, type RoleDecision } from "./decide-role-change.ts";

export interface ChangeRoleDeps extends ConfiguredAdminsDeps {
  readonly roles: Pick<RoleStore, "read" | "put" | "remove">;
  readonly audit: Pick<AuditStore, "list">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export interface ChangeRoleInput {
  readonly accountId: string;
  readonly person: Person;
  /** Null: no role any more. */
  readonly role: Role | null;
  readonly by: Person;
  readonly where: string;
  /** When what the person acted on was shown; null for a typed command, which acts on what is there now. */
  readonly seenAt: Instant | null;
}

/** What somebody else did to the person's role, as the audit log has it. */
export interface RoleChange {
  readonly by: string;
  readonly at: Instant;
  readonly after: Role | null;
}

export type ChangeRoleOutcome =
  | { readonly kind: "changed"; readonly before: Role | null }
  /** Another admin changed this person's role after what was shown: nothing was done. */
  | { readonly kind: "changedMeanwhile"; readonly change: RoleChange }
  /** Somebody took the asking admin's own role away in the same moment. */
  | { readonly kind: "noLongerAdmin" }
  | Exclude<RoleDecision, { kind: "change" }>;

const TRIES = 8;

/**
 * Gives somebody a role in place of the one they had, or takes it away, with the audit row. Of two admins at once the
 * second is told what the first did. Throws Breakdown "conflict" when others keep writing.
 */
export async function changeRole(deps: ChangeRoleDeps, input: ChangeRoleInput): Promise<ChangeRoleOutcome> {
  const configuredAdmins = await configuredAdminsOf(deps, input.accountId);
  let first: string | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { value: grants, etag } = await deps.roles.read(input.accountId);
    const grant = JSON.stringify(grants.find(({ person }) => person.id === input.person.id) ?? null);
    first ??= grant;
    if (input.seenAt !== null || grant !== first) {
      const change = await lastChangeByOthers(deps, input);
      // Of a further try, only what is not as it was at the first: then it was changed just now.
      if (change !== null && (grant !== first || change.at > (input.seenAt ?? change.at)))
        return { kind: "changedMeanwhile", change };
    }
    if (tries > 0 && !mayStill(grants, input.by, configuredAdmins)) return { kind: "noLongerAdmin" };
    const decision = decideRoleChange({ personId: input.person.id, after: input.role, grants, configuredAdmins });
    if (decision.kind !== "change") return decision;
    if ((await write(deps, input, { etag, before: decision.before })) === "stored")
      return { kind: "changed", before: decision.before };
  }
  throw new Breakdown("conflict", "Roles were changed by others again and again.", { retryable: true });
}

async function write(deps: ChangeRoleDeps, input: ChangeRoleInput, seen: { etag: string | null; before: Role | null }) {
  const { accountId, person, role, by } = input;
  const now = deps.clock.now();
  const id = deps.randomness.id();
  const audit: AuditRow = {
    accountId,
    tenantId: null,
    id,
    operationId: id,
    at: now,
    phase: "done",
    actor: { kind: "person", id: by.id, name: by.name },
    verb: role === null ? "role.revoke" : "role.grant",
    target: targetOf(person),
    before: seen.before,
    after: role,
    where: input.where,
  };
  const { etag } = seen;
  return role === null
    ? await deps.roles.remove({ accountId, personId: person.id, etag, audit })
    : await deps.roles.put({ grant: { accountId, person, role, grantedBy: by, grantedAt: now }, etag, audit });
}

function mayStill(grants: readonly RoleGrant[], by: Person, configuredAdmins: ReadonlySet<string>): boolean {
  return configuredAdmins.has(by.id) || grants.some(({ person, role }) => person.id === by.id && role === "admin");
}

async function lastChangeByOthers(deps: ChangeRoleDeps, input: ChangeRoleInput): Promise<RoleChange | null> {
  const [row] = await deps.audit.list({
    accountId: input.accountId,
    verb: "role.",
    subject: { tenantId: null, text: `(${input.person.id})` },
    limit: 1,
  });
  if (row === undefined || row.actor.kind !== "person" || row.actor.id === input.by.id) return null;
  // Only this use case writes these rows, so what stands in `after` is a role or null.
  return { by: row.actor.name, at: row.at, after: row.after as Role | null };
}

function targetOf(person: Person): string {
  return `${person.name} (${person.id})`;
}
