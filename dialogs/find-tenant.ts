import { organizationKey } from "../services/domain/organization.ts";
import type { TenantLink } from "../services/domain/tenant-link.ts";
import type { LinkStore, OrganizationStore } from "../services/ports/stores.ts";

export type TenantSearch =
  | { readonly kind: "found"; readonly link: TenantLink; readonly organizationName: string }
  | { readonly kind: "several"; readonly names: readonly string[] }
  | { readonly kind: "organizationWithoutTenant"; readonly name: string }
  | { readonly kind: "none" };

const NAMED = 5;

/** The tenant that words mean: an organization's exact name, or the only one whose organization, tenant or domain has the words in it. */
export async function findTenant(
  deps: { links: LinkStore; organizations: OrganizationStore },
  input: { accountId: string; words: string },
): Promise<TenantSearch> {
  const rows = await deps.links.list({ accountId: input.accountId, text: input.words, offset: 0, limit: NAMED + 1 });
  const exact = rows.find((row) => organizationKey(row.organizationName) === organizationKey(input.words));
  const only = exact ?? (rows.length === 1 ? rows[0] : undefined);
  if (only !== undefined) return { kind: "found", link: only.link, organizationName: only.organizationName };
  if (rows.length > 1) return { kind: "several", names: rows.slice(0, NAMED).map((row) => row.organizationName) };
  const organization = await deps.organizations.findByName(input.accountId, input.words);
  return organization === null ? { kind: "none" } : { kind: "organizationWithoutTenant", name: organization.name };
}

/** A search that found nothing to act on, as a sentence. */
export function searchInWords(search: Exclude<TenantSearch, { kind: "found" }>, words: string): string {
  switch (search.kind) {
    case "several":
      return `Several tenants match "${words}": ${search.names.join(", ")}. Type more of the name.`;
    case "organizationWithoutTenant":
      return `${search.name} has no tenant yet. Say \`connect tenant\` to connect it.`;
    case "none":
      return `No organization or tenant matches "${words}". \`tenants\` lists them.`;
  }
}
