import { join } from "node:path";
import { DAY } from "../../services/domain/instant.ts";
import type { Stores } from "../../services/ports/all-stores.ts";
import type { Clock } from "../../services/ports/clock.ts";
import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../../services/store/cosmos/cosmos-container.ts";
import { initCosmos } from "../../services/store/cosmos/init-cosmos.ts";
import { openCosmosStores } from "../../services/store/cosmos/open-cosmos-stores.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { type CosmosServer, startCosmosServer } from "./cosmos/cosmos-server.ts";

export type StoreKind = "sqlite" | "cosmos";

/** The store that a sandbox's bot keeps its data in: a file, or a database of the simulated Cosmos DB. */
export interface ChosenStore {
  readonly kind: StoreKind;
  /** The bot's settings for it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The simulated Cosmos DB; null where it is a file. */
  readonly cosmos: CosmosServer | null;
  /** A connection of one's own to the same data. */
  open(clock: Clock): Promise<Stores>;
  close(): Promise<void>;
}

const DATABASE = "watchdesk";

/** Sets the store up, empty; `folder` is where a file goes, and `now` the time by which Cosmos lets items end. */
export async function chooseStore(
  kind: StoreKind,
  input: { folder: string; accountIds: readonly string[]; now?: () => Date },
): Promise<ChosenStore> {
  if (kind === "sqlite") {
    const path = join(input.folder, "watchdesk.db");
    return {
      kind,
      settings: { SQLITE_PATH: path },
      cosmos: null,
      open: (clock) => openSqliteStores({ path, clock }),
      close: async () => undefined,
    };
  }
  const cosmos = await startCosmosServer(input.now === undefined ? {} : { now: input.now });
  const { endpoint, key } = cosmos;
  const connect = () => connectCosmos({ endpoint, key, database: DATABASE });
  const connection = connect();
  const { missing } = await initCosmos(connection, { mayCreate: true });
  connection.close();
  if (missing.length > 0) throw new Error(missing.join("\n"));
  return {
    kind,
    settings: { STORE: "cosmos", COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: DATABASE },
    cosmos,
    open: async (clock) => {
      const own = connect();
      const container = cosmosContainer(own.container, { storeCharge: () => undefined });
      const stores = openCosmosStores({ container, clock, accountIds: input.accountIds, retentionMs: 180 * DAY });
      return {
        ...stores,
        close: async () => {
          await stores.close();
          own.close();
        },
      };
    },
    close: () => cosmos.close(),
  };
}
