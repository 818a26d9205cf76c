import { organizationsCard } from "../cards/organizations-card.ts";
import type { LinkStore, OrganizationStore } from "../services/ports/stores.ts";
import { card, type Reply, type Turn } from "./turn.ts";

const PAGE = 10;

/** The account's customers and which tenant each one has. */
export async function showOrganizations(
  deps: { organizations: OrganizationStore; links: LinkStore },
  turn: Turn,
  input: { filter: string; offset: number },
): Promise<Reply> {
  const accountId = turn.account.id;
  const filter = input.filter === "" ? {} : { text: input.filter };
  const found = await deps.organizations.list({ accountId, ...filter, offset: input.offset, limit: PAGE + 1 });
  const rows = await Promise.all(
    found.slice(0, PAGE).map(async ({ id, name }) => ({
      name,
      tenantName: (await deps.links.findByOrganization(accountId, id))?.tenantName ?? null,
    })),
  );
  const total = await deps.organizations.count(accountId);
  return card(
    organizationsCard({ rows, offset: input.offset, total, hasMore: found.length > PAGE, filter: input.filter }),
  );
}
