import type { Role, RoleGrant } from "../domain/role.ts";

export type RoleDecision =
  | { readonly kind: "change"; readonly before: Role | null }
  | { readonly kind: "alreadySo"; readonly grant: RoleGrant }
  | { readonly kind: "hadNone" }
  /** An admin by configuration: only configuration changes that. */
  | { readonly kind: "configuredAdmin" }
  /** Nobody could give roles any more. */
  | { readonly kind: "lastAdmin" };

/** Whether somebody's role may become `after` (null: none), by who is admin by configuration and by grant. */
export function decideRoleChange(input: {
  readonly personId: string;
  readonly after: Role | null;
  readonly grants: readonly RoleGrant[];
  readonly configuredAdmins: ReadonlySet<string>;
}): RoleDecision {
  const { personId, after, grants, configuredAdmins } = input;
  if (configuredAdmins.has(personId)) return { kind: "configuredAdmin" };
  const grant = grants.find(({ person }) => person.id === personId);
  if (grant === undefined) return after === null ? { kind: "hadNone" } : { kind: "change", before: null };
  if (grant.role === after) return { kind: "alreadySo", grant };
  const otherAdmins = grants.filter(({ person, role }) => role === "admin" && person.id !== personId);
  if (grant.role === "admin" && otherAdmins.length + configuredAdmins.size === 0) return { kind: "lastAdmin" };
  return { kind: "change", before: grant.role };
}
