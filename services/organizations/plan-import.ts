import { type NameReading, organizationKey, readOrganizationName } from "../domain/organization.ts";
import type { ListedName } from "./read-organization-list.ts";

/** What an import would do with each line, and why. */
export interface ImportPlan {
  readonly fresh: readonly ListedName[];
  /** `firstLine`: the same name stands there already; null: the account has an organization of that name. */
  readonly same: readonly (ListedName & { readonly firstLine: number | null })[];
  readonly wrong: readonly (ListedName & { readonly reason: WrongName })[];
}

export type WrongName = Exclude<NameReading["kind"], "name">;

/** Sorts a list by what is new, what is there already (`existing`: organizationKeys), and what is no name. Pure. */
export function planImport(names: readonly ListedName[], existing: ReadonlySet<string>): ImportPlan {
  const fresh: ListedName[] = [];
  const same: ImportPlan["same"][number][] = [];
  const wrong: ImportPlan["wrong"][number][] = [];
  const firstLines = new Map<string, number>();
  for (const { line, text } of names) {
    const reading = readOrganizationName(text);
    if (reading.kind !== "name") {
      wrong.push({ line, text, reason: reading.kind });
      continue;
    }
    const listed = { line, text: reading.name };
    const key = organizationKey(reading.name);
    const firstLine = firstLines.get(key);
    if (existing.has(key)) same.push({ ...listed, firstLine: null });
    else if (firstLine !== undefined) same.push({ ...listed, firstLine });
    else {
      firstLines.set(key, line);
      fresh.push(listed);
    }
  }
  return { fresh, same, wrong };
}
