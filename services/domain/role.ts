import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

export type Role = "admin" | "analyst" | "viewer";

/** From least to most: each role may do what the ones before it may. */
export const ROLES: readonly Role[] = ["viewer", "analyst", "admin"];

/** Whether somebody with `held` may do what needs `needed`. */
export function covers(held: Role | null, needed: Role): boolean {
  return held !== null && ROLES.indexOf(held) >= ROLES.indexOf(needed);
}

/** A role given to one person by name. */
export interface RoleGrant {
  readonly accountId: string;
  readonly person: Person;
  readonly role: Role;
  readonly grantedBy: Person;
  readonly grantedAt: Instant;
}
