import { type ConfiguredAdminsDeps, configuredAdminsOf } from "../access/configured-admins.ts";
import { elapsed, HOUR, type Instant } from "../domain/instant.ts";
import type { RoleStore } from "../ports/stores.ts";

/** How somebody is an admin: by configuration, by a grant of a certain age, or not by name at all. */
export type AdminStanding =
  | { readonly kind: "configured" }
  | { readonly kind: "granted"; readonly grantedAt: Instant }
  | { readonly kind: "none" };

export interface AdminStandingDeps extends ConfiguredAdminsDeps {
  readonly roles: Pick<RoleStore, "get" | "list">;
}

/** An admin granted less than this ago does not approve: whoever took over one admin could else make the second. */
export const GRANT_RIPENS_AFTER = 24 * HOUR;

export async function adminStanding(
  deps: AdminStandingDeps,
  input: { accountId: string; personId: string },
): Promise<AdminStanding> {
  if ((await configuredAdminsOf(deps, input.accountId)).has(input.personId)) return { kind: "configured" };
  const grant = await deps.roles.get(input.accountId, input.personId);
  return grant?.role === "admin" ? { kind: "granted", grantedAt: grant.grantedAt } : { kind: "none" };
}

/** Whether an admin of this standing may approve what another admin asked for. */
export function mayApprove(standing: AdminStanding, now: Instant): boolean {
  switch (standing.kind) {
    case "configured":
      return true;
    case "granted":
      return elapsed(standing.grantedAt, now) >= GRANT_RIPENS_AFTER;
    case "none":
      return false;
  }
}

/** Whether any admin but this one could approve now. */
export async function hasOtherApprover(
  deps: AdminStandingDeps,
  input: { accountId: string; personId: string; now: Instant },
): Promise<boolean> {
  const configured = await configuredAdminsOf(deps, input.accountId);
  if ([...configured].some((id) => id !== input.personId)) return true;
  const grants = await deps.roles.list(input.accountId);
  return grants.some(
    ({ role, person, grantedAt }) =>
      role === "admin" && person.id !== input.personId && mayApprove({ kind: "granted", grantedAt }, input.now),
  );
}
