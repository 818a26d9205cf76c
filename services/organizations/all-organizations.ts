import type { Organization } from "../domain/organization.ts";
import type { OrganizationStore } from "../ports/stores.ts";

const PAGE = 1_000;

/**
 * Every organization of an account, ordered by name; with `linked` those with or without a tenant alone. For lists and
 * directories, which compare with all of them.
 */
export async function allOrganizations(
  deps: { readonly organizations: Pick<OrganizationStore, "list"> },
  accountId: string,
  only: { linked?: boolean } = {},
): Promise<readonly Organization[]> {
  const found: Organization[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await deps.organizations.list({ accountId, ...only, offset, limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}
