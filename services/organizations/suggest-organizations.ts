import type { Organization } from "../domain/organization.ts";
import type { OrganizationStore } from "../ports/stores.ts";

/** The most that one answer suggests. */
const SUGGESTIONS_LIMIT = 50;

/** Organizations without a tenant whose name contains the text, those that start with it first, then by name. */
export async function suggestOrganizations(
  deps: { readonly organizations: Pick<OrganizationStore, "list"> },
  input: { accountId: string; text: string; offset: number; limit: number },
): Promise<readonly Organization[]> {
  const { accountId, text, offset } = input;
  const limit = Math.min(input.limit, SUGGESTIONS_LIMIT);
  return await deps.organizations.list({ accountId, text, startsFirst: true, linked: false, offset, limit });
}
