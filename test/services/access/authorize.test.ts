import { describe, expect, it } from "vitest";
import { authorize, type Deed, refusal } from "../../../services/access/authorize.ts";
import type { Role } from "../../../services/domain/role.ts";

/** Who may do what, as product.md has it: the least role that may. */
const LEAST: Readonly<Record<Deed, Role | "nobody">> = {
  help: "nobody",
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
const RANK = { nobody: 0, viewer: 1, analyst: 2, admin: 3 } as const;
const table = (Object.keys(LEAST) as Deed[]).flatMap((deed) =>
  ([null, "viewer", "analyst", "admin"] as const).map((role) => [role, deed] as const),
);

describe("authorize", () => {
  it.each(table)("%s, %s", (role, deed) => {
    const authorization = authorize(role, deed);
    const least = LEAST[deed];
    if (RANK[role ?? "nobody"] >= RANK[least]) expect(authorization).toEqual({ kind: "allowed" });
    else
      expect(authorization).toEqual({ kind: "denied", reason: role === null ? "noRole" : "roleTooLow", needed: least });
  });
});

describe("refusal", () => {
  it.each([
    [
      "noRole",
      "viewer",
      "You have no role in Watchdesk yet, and this needs a viewer. Ask an admin to say `grant viewer @you`.",
    ],
    [
      "noRole",
      "analyst",
      "You have no role in Watchdesk yet, and this needs an analyst. Ask an admin to say `grant analyst @you`.",
    ],
    ["roleTooLow", "admin", "This needs an admin. Ask an admin to do it, or to grant you that role."],
  ] as const)("%s, %s", (reason, needed, sentence) => {
    expect(refusal({ kind: "denied", reason, needed })).toBe(sentence);
  });
});
