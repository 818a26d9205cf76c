import type { Permission, PermissionBook, PermissionTier } from "../services/domain/permission.ts";

/** One resource in the `requiredResourceAccess` of an app registration; each role is an application permission. */
export interface ResourceAccess {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: "Role" }[];
}

type Asked = { readonly kind: "asked"; readonly json: boolean; readonly tiers: readonly PermissionTier[] };

const TIERS: readonly PermissionTier[] = ["core", "response", "insight"];

/** What `npm run entra` was asked for: `--json`, and `--tier core`, which may be repeated; without one, every tier. */
export function readEntraArguments(
  words: readonly string[],
): Asked | { readonly kind: "wrong"; readonly sentence: string } {
  const tiers: PermissionTier[] = [];
  let json = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === "--json") {
      json = true;
    } else if (word === "--tier") {
      at += 1;
      const tier = TIERS.find((known) => known === words[at]);
      if (tier === undefined) return { kind: "wrong", sentence: `--tier takes one of ${TIERS.join(", ")}.` };
      tiers.push(tier);
    } else {
      return { kind: "wrong", sentence: `Unknown option ${word}. There are --json and --tier <${TIERS.join("|")}>.` };
    }
  }
  return { kind: "asked", json, tiers: tiers.length === 0 ? TIERS : tiers };
}

/** The permissions as an app registration's manifest in Entra takes them, a resource each, in the book's order. */
export function requiredResourceAccess(book: PermissionBook, tiers: readonly PermissionTier[]): ResourceAccess[] {
  return (["graph", "defender"] as const).flatMap((resource) => {
    const roles = asked(book, tiers).filter((permission) => permission.resource === resource);
    if (roles.length === 0) return [];
    const resourceAccess = roles.map(({ id }) => ({ id, type: "Role" as const }));
    return [{ resourceAppId: book.resources[resource].appId, resourceAccess }];
  });
}

/** The permissions as a table to read, with what each is for, and the other spellings that are around. */
export function permissionTable(book: PermissionBook, tiers: readonly PermissionTier[]): string {
  const rows = asked(book, tiers).map((permission) => [
    permission.tier,
    book.resources[permission.resource].name,
    permission.value,
    permission.feature,
    permission.otherSpellings.length === 0 ? "" : `also seen as ${permission.otherSpellings.join(", ")}`,
  ]);
  const lines = [["tier", "resource", "permission", "for", ""], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...table, "", `${rows.length} application permissions. --json prints them for the app registration.`].join(
    "\n",
  );
}

function asked(book: PermissionBook, tiers: readonly PermissionTier[]): readonly Permission[] {
  return book.permissions.filter(({ tier }) => tiers.includes(tier));
}
