import type { Breakdown } from "../domain/breakdown.ts";
import type { Permission } from "../domain/permission.ts";
import type { TenantState, Trouble } from "../domain/tenant-link.ts";
import { DEFENDER_NOT_AVAILABLE } from "./tenant-trouble.ts";

/** A permission that the tokens hold, and that Microsoft refuses to honour all the same. */
export interface BlockedPermission {
  readonly permission: Permission;
  readonly breakdown: Breakdown;
}

/** What a check of permissions makes of a tenant, and why. */
export interface CheckVerdict {
  readonly state: Extract<TenantState, "connected" | "permissionsMissing" | "defenderNotAvailable">;
  readonly trouble: Omit<Trouble, "since"> | null;
}

/**
 * The state that follows from a check. What keeps alerts from being read counts first; then a Defender that is not there,
 * whose own permissions can't be granted; then the rest of core.
 */
export function judgeCheck(input: {
  missingCore: readonly Permission[];
  blocked: readonly BlockedPermission[];
  defender: "available" | "notAvailable";
}): CheckVerdict {
  const { missingCore, blocked, defender } = input;
  const ofGraph = missingCore.filter(({ resource }) => resource === "graph");
  if (ofGraph.length > 0) return notGranted(ofGraph);
  if (defender === "notAvailable") {
    return trouble("defenderNotAvailable", DEFENDER_NOT_AVAILABLE, null);
  }
  if (missingCore.length > 0) return notGranted(missingCore);
  const [first] = blocked;
  if (first === undefined) return { state: "connected", trouble: null };
  const names = blocked.map(({ permission }) => permission.value).join(", ");
  return trouble(
    "permissionsMissing",
    `Granted, but refused by Microsoft: ${names}. After a new consent this passes within minutes. If it stays, ask the tenant's admin whether their licence covers it.`,
    first.breakdown.detail,
  );
}

function notGranted(missing: readonly Permission[]): CheckVerdict {
  const names = missing.map(({ value }) => value).join(", ");
  const sentence = `Not granted, though needed: ${names}. Ask the tenant's admin to consent again.`;
  return trouble("permissionsMissing", sentence, null);
}

function trouble(state: CheckVerdict["state"], sentence: string, detail: string | null): CheckVerdict {
  return { state, trouble: { sentence, detail, mender: "customer" } };
}
