import { type Organization, organizationKey } from "../domain/organization.ts";
import type { DirectoryOrganization } from "../ports/organization-directory.ts";

export type DirectoryChange =
  | { readonly kind: "nothing"; readonly reason: "inStep" }
  | { readonly kind: "add"; readonly reason: "newName" }
  /** Gets the directory's name and id. */
  | { readonly kind: "change"; readonly reason: "renamedThere" | "sameName"; readonly before: Organization }
  /** `current` is the directory's organization as it is called here; null: it isn't here yet. */
  | { readonly kind: "nameTaken"; readonly reason: "heldByAnother"; readonly current: Organization | null };

/** What one organization of the directory asks of ours: its id decides, then its name. Pure. */
export function decideDirectoryChange(
  known: {
    readonly byDirectoryId: ReadonlyMap<string, Organization>;
    readonly byKey: ReadonlyMap<string, Organization>;
  },
  listed: DirectoryOrganization,
): DirectoryChange {
  const current = known.byDirectoryId.get(listed.id) ?? null;
  const holder = known.byKey.get(organizationKey(listed.name)) ?? null;
  if (current !== null) {
    if (current.name === listed.name) return { kind: "nothing", reason: "inStep" };
    return holder === null || holder.id === current.id
      ? { kind: "change", reason: "renamedThere", before: current }
      : { kind: "nameTaken", reason: "heldByAnother", current };
  }
  if (holder === null) return { kind: "add", reason: "newName" };
  return holder.directoryId === undefined
    ? { kind: "change", reason: "sameName", before: holder }
    : { kind: "nameTaken", reason: "heldByAnother", current: null };
}
