import type { Permission, PermissionResource, PermissionTier } from "../services/domain/permission.ts";
import type { TenantState } from "../services/domain/tenant-link.ts";
import { inertText } from "./plain-text.ts";

export type PermissionRow = { readonly permission: string; readonly purpose: string };
export type OffRow = PermissionRow & { readonly feature: string };
export type TierRow = { readonly tier: string };

const RESOURCES: Readonly<Record<PermissionResource, string>> = {
  graph: "Microsoft Graph",
  defender: "Defender for Endpoint",
};

const TIERS: readonly { readonly tier: PermissionTier; readonly words: string }[] = [
  { tier: "core", words: "to read, resolve and comment alerts" },
  { tier: "response", words: "to act on devices and indicators" },
  { tier: "insight", words: "to show more about an alert" },
];

/** Each permission with what it is asked for. */
export function permissionRows(permissions: readonly Permission[]): readonly PermissionRow[] {
  return permissions.map(({ resource, value, why, available }) => ({
    permission: `${inertText(value, 80)} (${RESOURCES[resource]})`,
    purpose: available ? inertText(why, 160) : `${inertText(why, 160)} (asked for later features)`,
  }));
}

/** Each missing permission with what does not work without it. */
export function missingRows(missing: readonly Permission[]): readonly PermissionRow[] {
  return missing.map(({ resource, value, without }) => ({
    permission: `${inertText(value, 80)} (${RESOURCES[resource]})`,
    purpose: inertText(without, 160),
  }));
}

/** Each feature that is off for want of a permission: what does not work, and the permission that would mend it. */
export function offRows(missing: readonly Permission[]): readonly OffRow[] {
  return missingRows(missing).map((row, at) => {
    const { feature = "", available = true } = missing[at] ?? {};
    const later = available ? "" : " (asked for later features)";
    return { ...row, feature: `${inertText(feature, 40)}${later}` };
  });
}

/** Who can grant what is missing, and how. */
export function mendedBy(state: TenantState): string {
  return state === "defenderNotAvailable"
    ? "Once Defender for Endpoint is there, an admin of the customer's tenant has to consent again."
    : "An admin of the customer's tenant can mend this: they open a new consent link and accept.";
}

/** How many are asked for, and for what, tier by tier. */
export function tierRows(permissions: readonly Permission[]): readonly TierRow[] {
  return TIERS.flatMap(({ tier, words }) => {
    const count = permissions.filter((permission) => permission.tier === tier).length;
    return count === 0 ? [] : [{ tier: `${count} ${words} (${tier})` }];
  });
}

/** "27 of 27". */
export function grantedWords(asked: number, missing: readonly Permission[]): string {
  return `${asked - missing.length} of ${asked}`;
}
