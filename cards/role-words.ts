import type { Role } from "../services/domain/role.ts";

const WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  admin: { name: "Admin", may: "connects tenants, changes settings, gives roles, and does what analysts do" },
  analyst: { name: "Analyst", may: "acts on alerts and reads everything" },
  viewer: { name: "Viewer", may: "reads" },
};

/** A role's name and what it lets a person do. */
export function roleWords(role: Role): { readonly name: string; readonly may: string } {
  return WORDS[role];
}
