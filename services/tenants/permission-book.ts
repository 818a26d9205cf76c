import { z } from "zod";
import writtenBook from "../../manifest/permissions.json" with { type: "json" };
import type { Permission, PermissionBook, PermissionTier } from "../domain/permission.ts";

/** What a tenant granted of what was asked, each part in the book's order. */
export interface PermissionComparison {
  readonly granted: readonly Permission[];
  readonly missing: readonly Permission[];
  /** How many were asked for: granted and missing together. */
  readonly asked: number;
}

const sentenceSchema = z.string().min(1).max(100);
const resourceSchema = z.strictObject({ appId: z.guid(), name: z.string().min(1) });

const bookSchema = z
  .strictObject({
    resources: z.strictObject({ graph: resourceSchema, defender: resourceSchema }),
    permissions: z.array(
      z.strictObject({
        resource: z.enum(["graph", "defender"]),
        value: z.string().regex(/^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+$/, "is not spelled like a permission"),
        otherSpellings: z.array(z.string().regex(/^[A-Za-z]+(\.[A-Za-z]+)+$/, "is not spelled like a permission")),
        id: z.guid(),
        tier: z.enum(["core", "response", "insight"]),
        feature: z.string().min(1).max(40),
        endpoint: sentenceSchema.regex(/^(GET|POST|PATCH|DELETE)\b.* \/(v1\.0|api)\//, "names no call").nullable(),
        why: sentenceSchema,
        without: sentenceSchema,
        available: z.boolean(),
      }),
    ),
  })
  .refine(({ permissions }) => allDiffer(permissions.map(({ id }) => id)), "Two permissions have one id.")
  .refine(
    ({ permissions }) =>
      allDiffer(permissions.flatMap(({ resource, ...item }) => spellingsOf(item).map((each) => `${resource}/${each}`))),
    "A permission stands in the book twice.",
  );

/**
 * The permissions the Defender app asks for, as manifest/permissions.json holds them: the one source for the consent card,
 * README's table, the app registration (`npm run entra`) and the check of what was granted. Throws a ZodError when that file is wrong.
 */
export function loadPermissionBook(): PermissionBook {
  return parsePermissionBook(writtenBook);
}

/** Reads a permission book from untyped data. Throws a ZodError that names each wrong place. */
export function parsePermissionBook(written: unknown): PermissionBook {
  return bookSchema.parse(written);
}

/** The permissions of the given tiers, in the book's order. */
export function permissionsOfTier(book: PermissionBook, tiers: readonly PermissionTier[]): Permission[] {
  return book.permissions.filter(({ tier }) => tiers.includes(tier));
}

/**
 * Compares the book with the `roles` of a tenant's two app tokens. A resource whose token could not be had counts as
 * granting nothing: pass an empty list. Roles that the book does not ask for are left out. Spelling counts, upper and lower
 * case too, but each spelling that the book knows is taken.
 */
export function comparePermissions(
  book: PermissionBook,
  grantedGraph: readonly string[],
  grantedDefender: readonly string[],
): PermissionComparison {
  const roles = { graph: new Set(grantedGraph), defender: new Set(grantedDefender) };
  const isGranted = (permission: Permission): boolean =>
    spellingsOf(permission).some((spelling) => roles[permission.resource].has(spelling));
  return {
    granted: book.permissions.filter(isGranted),
    missing: book.permissions.filter((permission) => !isGranted(permission)),
    asked: book.permissions.length,
  };
}

function spellingsOf(permission: Pick<Permission, "value" | "otherSpellings">): readonly string[] {
  return [permission.value, ...permission.otherSpellings];
}

function allDiffer(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
