import type { Instant } from "./instant.ts";

/** A customer of the account. */
export interface Organization {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  /** Its id in the account's directory; absent where no directory knows it. */
  readonly directoryId?: string;
}

/** The longest name an organization may carry, in characters. */
export const ORGANIZATION_NAME_LIMIT = 80;

/** How names are compared for sameness: case, width and surrounding or repeated spaces do not make a new customer. */
export function organizationKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

export type NameReading =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "empty" }
  | { readonly kind: "tooLong"; readonly length: number }
  /** Characters that nobody sees, or nothing that somebody could read out. */
  | { readonly kind: "unreadable" };

/** Controls, and characters that hide or turn the direction of what stands beside them; joiners belong to real scripts. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD\u{E0000}-\u{E007F}]/u;

/** Reads a name as somebody typed or listed it: spaces made single, nothing else changed. Markdown in it is a matter of showing it. */
export function readOrganizationName(typed: string): NameReading {
  const name = typed.replace(/\s+/g, " ").trim();
  if (name === "") return { kind: "empty" };
  if (name.length > ORGANIZATION_NAME_LIMIT) return { kind: "tooLong", length: name.length };
  if (UNSEEN.test(name) || !name.isWellFormed() || !/[\p{L}\p{N}]/u.test(name)) return { kind: "unreadable" };
  return { kind: "name", name };
}
