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
/** A server that a test file shares, and the clock that it asks: that of the test that opened a container last. */
interface SharedServer {
  readonly server: Promise<CosmosServer>;
  clock: Clock;
}

const servers = new Map<string, SharedServer>();
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

/** An empty container of its own on a server that a test file shares; gone with it. What has ended there says this clock. */
export async function openCosmosForTest(
  clock: Clock,
  { plant = (container) => container, ...options }: OpenCosmosOptions = {},
): Promise<OpenedCosmos> {
  const server = await sharedServer(options, clock);
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

async function sharedServer(options: CosmosServerOptions, clock: Clock): Promise<CosmosServer> {
  const key = JSON.stringify(options);
  const known = servers.get(key);
  if (known !== undefined) {
    known.clock = clock;
    return await known.server;
  }
  const now = () => new Date((servers.get(key)?.clock ?? clock).now());
  const server = startCosmosServer({ ...options, now });
  servers.set(key, { server, clock });
  return await server;
}
