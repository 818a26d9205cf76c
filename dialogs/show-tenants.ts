import { tenantsCard } from "../cards/tenants-card.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { AlertStore, ConsentStore, EphemeralStore, LinkStore, SyncStore } from "../services/ports/stores.ts";
import { listTenants } from "../services/tenants/tenant-overviews.ts";
import { card, type Reply, type Turn } from "./turn.ts";

const PAGE = 10;

/** The tenants console: counts by state, connections under way, one page of tenants. */
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
  const list = await listTenants(deps, {
    accountId: turn.account.id,
    text: input.filter === "" ? null : input.filter,
    offset: input.offset,
    limit: PAGE,
  });
  return card(tenantsCard({ ...list, ...input }));
}
