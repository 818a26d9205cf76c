import { type Container, CosmosClient } from "@azure/cosmos";
import { DAY } from "../../../services/domain/instant.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import { type CosmosContainer, cosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import { INDEXING_POLICY } from "../../../services/store/cosmos/indexing-policy.ts";
import { openCosmosStores } from "../../../services/store/cosmos/open-cosmos-stores.ts";
import { type CosmosServer, type CosmosServerOptions, startCosmosServer } from "../../sandbox/cosmos/cosmos-server.ts";
import type { OpenedStore } from "./opened-store.ts";
import { A, B } from "./store-samples.ts";

const RETENTION = 180 * DAY;
const servers = new Map<string, Promise<CosmosServer>>();
let containers = 0;

export interface OpenedCosmos extends OpenedStore {
  readonly server: CosmosServer;
  /** What a test reaches around the stores with. */
  readonly container: Container;
}

export interface OpenCosmosOptions extends Pick<CosmosServerOptions, "without"> {
  /** Puts a fault between the stores and their container. */
  readonly plant?: (container: CosmosContainer) => CosmosContainer;
}

/** An empty container of its own on a server that a test file shares; gone with it. */
export async function openCosmosForTest(
  clock: Clock,
  { plant = (container) => container, ...options }: OpenCosmosOptions = {},
): Promise<OpenedCosmos> {
  const key = JSON.stringify(options);
  const server = await (servers.get(key) ?? started(key, { ...options, now: () => new Date(clock.now()) }));
  containers += 1;
  const name = `container-${containers}`;
  const clients: CosmosClient[] = [];
  const client = () => {
    const connectionPolicy = { requestTimeout: 10_000, enableEndpointDiscovery: false };
    const made = new CosmosClient({ endpoint: server.endpoint, key: server.key, connectionPolicy });
    clients.push(made);
    return made;
  };
  const { database } = await client().databases.createIfNotExists({ id: "contract" });
  const made = await database.containers.create({
    id: name,
    partitionKey: { paths: ["/pk"] },
    defaultTtl: -1,
    indexingPolicy: INDEXING_POLICY,
  });
  const connect = async (): Promise<Stores> => {
    const container = cosmosContainer(client().database("contract").container(name), { storeCharge: () => undefined });
    return openCosmosStores({ container: plant(container), clock, accountIds: [A, B], retentionMs: RETENTION });
  };
  return {
    server,
    container: made.container,
    stores: await connect(),
    second: connect,
    reopen: connect,
    dispose: async () => {
      await made.container.delete();
      for (const each of clients) each.dispose();
    },
  };
}

function started(key: string, options: CosmosServerOptions): Promise<CosmosServer> {
  const starting = startCosmosServer(options);
  servers.set(key, starting);
  return starting;
}
