import { Breakdown } from "../domain/breakdown.ts";
import { DAY, MINUTE } from "../domain/instant.ts";
import type { Permission, PermissionBook } from "../domain/permission.ts";
import type { GrantedPermissions } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { TenantDescription, TenantDirectory } from "../ports/tenant-directory.ts";
import { type BlockedPermission, type CheckVerdict, judgeCheck } from "./judge-check.ts";
import { comparePermissions } from "./permission-book.ts";

/** A tenant in health is checked daily; one in trouble, or one that could not be checked, sooner. */
export const CHECK_EVERY = DAY;
export const CHECK_AGAIN = 15 * MINUTE;

export interface CheckPermissionsDeps {
  readonly book: PermissionBook;
  readonly directory: Pick<TenantDirectory, "grantedRoles" | "describe" | "probeAlerts" | "probeDefender">;
  readonly clock: Clock;
}

export interface PermissionCheck extends CheckVerdict {
  /** The roles as the tokens hold them, asked for by us or not. */
  readonly granted: GrantedPermissions;
  /** How many of the book were asked for. */
  readonly asked: number;
  /** What of the book was not granted, most needed first. */
  readonly missing: readonly Permission[];
  /** Of those, the ones without which alerts cannot be read, resolved and commented. */
  readonly missingCore: readonly Permission[];
  readonly blocked: readonly BlockedPermission[];
  readonly defender: "available" | "notAvailable";
  /** The tenant's name and domain; null where Graph did not give them. */
  readonly description: TenantDescription | null;
}

/** The core permissions whose feature is tried live, by the book's spelling. */
const PROBED = {
  alerts: "SecurityAlert.ReadWrite.All",
  description: "Organization.Read.All",
  defender: "Machine.ReadWrite.All",
} as const;

const REFUSALS: ReadonlySet<Breakdown["code"]> = new Set([
  "permission-missing",
  "refused",
  "unauthorized",
  "not-found",
]);

/**
 * Asks Microsoft, past every token cache, what a tenant granted, and tries each core feature that was: its alerts, its
 * name, and whether its Defender for Endpoint answers. A tenant is connected when all of these work. Throws Breakdown as
 * TenantDirectory does.
 */
export async function checkPermissions(
  deps: CheckPermissionsDeps,
  input: { tenantId: string },
): Promise<PermissionCheck> {
  const { tenantId } = input;
  const roles = await deps.directory.grantedRoles(tenantId);
  const { granted, missing, asked } = comparePermissions(deps.book, roles.graph, roles.defender);
  const blocked: BlockedPermission[] = [];
  const tried = async <Answer>(value: string, feature: () => Promise<Answer>): Promise<Answer | null> => {
    const permission = granted.find((item) => item.value === value);
    try {
      return await feature();
    } catch (cause) {
      if (!(cause instanceof Breakdown && REFUSALS.has(cause.code))) throw cause;
      if (permission !== undefined) blocked.push({ permission, breakdown: cause });
      return null;
    }
  };
  const isGranted = (value: string) => granted.some((item) => item.value === value);
  if (isGranted(PROBED.alerts)) await tried(PROBED.alerts, () => deps.directory.probeAlerts(tenantId));
  const description = isGranted(PROBED.description)
    ? await tried(PROBED.description, () => deps.directory.describe(tenantId))
    : null;
  // Asked without the permission too: a Defender that refuses a call for want of one is there.
  const defender = (await tried(PROBED.defender, () => deps.directory.probeDefender(tenantId))) ?? "available";
  const missingCore = missing.filter(({ tier }) => tier === "core");
  return {
    ...judgeCheck({ missingCore, blocked, defender }),
    granted: { ...roles, checkedAt: deps.clock.now() },
    asked,
    missing,
    missingCore,
    blocked,
    defender,
    description,
  };
}
