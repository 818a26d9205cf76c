import { ROLES, type Role } from "../domain/role.ts";
import type { BindingStore, RoleStore } from "../ports/stores.ts";

/**
 * The role of somebody who speaks or clicks in a conversation: configured admins, then the role granted by name, then,
 * for people of the account's own tenant, what a binding of this very conversation gives its members. Nobody else has one.
 */
export async function roleOf(
  deps: { roles: RoleStore; bindings: BindingStore; configuredAdmins: ReadonlySet<string> },
  input: { accountId: string; personId: string; conversationId: string; isMember: boolean },
): Promise<Role | null> {
  if (deps.configuredAdmins.has(input.personId)) return "admin";
  const granted = (await deps.roles.get(input.accountId, input.personId))?.role ?? null;
  if (!input.isMember) return granted;
  const bindings = await deps.bindings.ofConversation(input.accountId, input.conversationId);
  return highest([granted, ...bindings.map((binding) => binding.membersAre)]);
}

function highest(roles: readonly (Role | null)[]): Role | null {
  return roles.reduce<Role | null>(
    (best, role) => (role !== null && (best === null || ROLES.indexOf(role) > ROLES.indexOf(best)) ? role : best),
    null,
  );
}
