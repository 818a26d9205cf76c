import type { Settings } from "../services/config/settings.ts";
import { DAY } from "../services/domain/instant.ts";
import type { Stores } from "../services/ports/all-stores.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Metrics } from "../services/ports/metrics.ts";
import { openSqliteStores } from "../services/store/sqlite/open-sqlite-stores.ts";

/** The stores that STORE names. Rejects with Breakdown "store-unavailable" where they cannot be used, with what to do. */
export async function openStores(deps: { settings: Settings; clock: Clock; metrics: Metrics }): Promise<Stores> {
  const { settings, clock, metrics } = deps;
  const { store } = settings;
  if (store.kind === "sqlite") return await openSqliteStores({ path: store.path, clock });
  // Azure's clients take half a second and 30 MB to load: who keeps a file goes without.
  const { openCosmos } = await import("./open-cosmos.ts");
  return await openCosmos({
    store,
    accountIds: settings.accounts.map(({ id }) => id),
    retentionMs: settings.retentionDays * DAY,
    clock,
    metrics,
  });
}
