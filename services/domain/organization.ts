import type { Instant } from "./instant.ts";

/** A customer of the account. */
export interface Organization {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
}

/** The longest name an organization may carry, in characters. */
export const ORGANIZATION_NAME_LIMIT = 80;

/** How names are compared for sameness: case, width and surrounding or repeated spaces do not make a new customer. */
export function organizationKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
