import { covers, type Role } from "../domain/role.ts";

/** What somebody may want to do; each needs one role. */
export type Deed =
  | "help"
  | "readAlerts"
  | "actOnAlerts"
  | "readTenants"
  | "readSettings"
  | "changeSettings"
  | "connectTenants"
  | "manageTenants"
  | "manageOrganizations"
  | "manageRoles"
  | "readRoles"
  | "bindChannels"
  | "readAudit";

const NEEDS: Readonly<Record<Deed, Role | null>> = {
  help: null,
  readAlerts: "viewer",
  readTenants: "viewer",
  readSettings: "viewer",
  readRoles: "viewer",
  actOnAlerts: "analyst",
  changeSettings: "admin",
  connectTenants: "admin",
  manageTenants: "admin",
  manageOrganizations: "admin",
  manageRoles: "admin",
  bindChannels: "admin",
  readAudit: "admin",
};

export type Authorization =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied"; readonly reason: "noRole" | "roleTooLow"; readonly needed: Role };

/** Whether somebody with this role may do this; the role comes from our store and the activity, never from a card. */
export function authorize(role: Role | null, deed: Deed): Authorization {
  const needed = NEEDS[deed];
  if (needed === null || covers(role, needed)) return { kind: "allowed" };
  return { kind: "denied", reason: role === null ? "noRole" : "roleTooLow", needed };
}

/** A refusal as a sentence for the person refused. */
export function refusal(authorization: Extract<Authorization, { kind: "denied" }>): string {
  const article = authorization.needed === "viewer" ? "a" : "an";
  return authorization.reason === "noRole"
    ? `You have no role in Watchdesk yet, and this needs ${article} ${authorization.needed}. Ask an admin to say \`grant ${authorization.needed} @you\`.`
    : `This needs ${article} ${authorization.needed}. Ask an admin to do it, or to grant you that role.`;
}
