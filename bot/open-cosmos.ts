import type { CosmosSetting } from "../services/config/store-settings.ts";
import type { Stores } from "../services/ports/all-stores.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Metrics } from "../services/ports/metrics.ts";
import { connectCosmos } from "../services/store/cosmos/connect-cosmos.ts";
import { refuseHalfCopied } from "../services/store/cosmos/copy-mark.ts";
import { cosmosContainer } from "../services/store/cosmos/cosmos-container.ts";
import { openCosmosStores } from "../services/store/cosmos/open-cosmos-stores.ts";
import { openSchema } from "../services/store/cosmos/schema-version.ts";

/**
 * Opens the stores in Cosmos DB. Rejects with Breakdown "store-unavailable" where Cosmos does not answer or refuses, and where
 * the container is not set up, or for another version of Watchdesk, or holds half a copy of another store.
 */
export async function openCosmos(deps: {
  store: CosmosSetting;
  accountIds: readonly string[];
  retentionMs: number;
  clock: Clock;
  metrics: Metrics;
}): Promise<Stores> {
  const { store, accountIds, retentionMs, clock, metrics } = deps;
  const connection = connectCosmos({ ...store, key: store.key?.reveal() ?? null });
  try {
    const container = cosmosContainer(connection.container, metrics);
    await openSchema(container);
    await refuseHalfCopied(container);
    const stores = openCosmosStores({ container, accountIds, clock, retentionMs });
    return {
      ...stores,
      close: async () => {
        await stores.close();
        connection.close();
      },
    };
  } catch (cause) {
    connection.close();
    throw cause;
  }
}
