import { tenantsCard } from "../cards/tenants-card.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { AlertStore, ConsentStore, EphemeralStore, LinkStore, SyncStore } from "../services/ports/stores.ts";
import { listTenants } from "../services/tenants/tenant-overviews.ts";
import { parseTenantFilter } from "./tenant-filter-words.ts";
import { card, type Reply, type Turn } from "./turn.ts";

const PAGE = 10;

/** The tenants console: counts by state, connections under way, one page of tenants; the filter takes states' words as well. */
export async function showTenants(
  deps: {
    links: LinkStore;
    syncs: SyncStore;
    alerts: AlertStore;
    consents: ConsentStore;
    ephemeral: EphemeralStore;
    clock: Clock;
    intervalMs: number;
  },
  turn: Turn,
  input: { filter: string; offset: number },
): Promise<Reply> {
  const page = { accountId: turn.account.id, offset: input.offset, limit: PAGE };
  let list = await listTenants(deps, { ...page, filter: parseTenantFilter(input.filter) });
  if (list.total === 0 && list.waiting.length === 0) {
    // An organization may be called by a state's name.
    list = await listTenants(deps, { ...page, filter: { text: input.filter, states: null, waiting: true } });
  }
  return card(tenantsCard({ ...list, ...input }));
}
