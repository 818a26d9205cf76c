import { Breakdown } from "../domain/breakdown.ts";
import type { Permission, PermissionBook } from "../domain/permission.ts";
import type { GrantedPermissions, TenantState, Trouble } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import { comparePermissions } from "./permission-book.ts";

export interface CheckPermissionsDeps {
  readonly book: PermissionBook;
  readonly directory: Pick<TenantDirectory, "grantedRoles" | "probeDefender">;
  readonly clock: Clock;
}

export interface PermissionCheck {
  /** The roles as the tokens hold them, asked for by us or not. */
  readonly granted: GrantedPermissions;
  /** What of the book was not granted, most needed first. */
  readonly missing: readonly Permission[];
  /** Of those, the ones without which alerts cannot be read, resolved and commented. */
  readonly missingCore: readonly Permission[];
  readonly defender: "available" | "notAvailable";
  readonly state: Extract<TenantState, "connected" | "permissionsMissing" | "defenderNotAvailable">;
}

/**
 * Asks Microsoft, past every token cache, what a tenant granted and whether its Defender for Endpoint answers. A tenant is
 * connected when all core permissions are there. Throws Breakdown as TenantDirectory does.
 */
export async function checkPermissions(
  deps: CheckPermissionsDeps,
  input: { tenantId: string },
): Promise<PermissionCheck> {
  const roles = await deps.directory.grantedRoles(input.tenantId);
  const { missing } = comparePermissions(deps.book, roles.graph, roles.defender);
  const missingCore = missing.filter((permission) => permission.tier === "core");
  const defender = await probe(deps, input.tenantId);
  const state =
    defender === "notAvailable" ? "defenderNotAvailable" : missingCore.length > 0 ? "permissionsMissing" : "connected";
  return { granted: { ...roles, checkedAt: deps.clock.now() }, missing, missingCore, defender, state };
}

async function probe(deps: CheckPermissionsDeps, tenantId: string): Promise<PermissionCheck["defender"]> {
  try {
    return await deps.directory.probeDefender(tenantId);
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    if (cause.code === "defender-not-available") return "notAvailable";
    // A Defender that refuses a call for want of a permission is there.
    if (cause.code === "permission-missing" || cause.code === "unauthorized") return "available";
    throw cause;
  }
}

/** What a check found wanting, as the tenant's trouble; null where nothing is. */
export function troubleOfCheck(check: PermissionCheck): Trouble | null {
  const sentence = troubleSentence(check);
  return sentence === null ? null : { sentence, detail: null, since: check.granted.checkedAt };
}

function troubleSentence(check: PermissionCheck): string | null {
  switch (check.state) {
    case "connected":
      return null;
    case "permissionsMissing":
      return `Not granted, though needed: ${check.missingCore.map((item) => item.value).join(", ")}. Ask the tenant's admin to consent again.`;
    case "defenderNotAvailable":
      return "Defender for Endpoint does not answer in this tenant. Is it subscribed to?";
  }
}
