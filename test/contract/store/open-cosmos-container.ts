import { CosmosClient } from "@azure/cosmos";
import { type CosmosContainer, cosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import { INDEXING_POLICY } from "../../../services/store/cosmos/indexing-policy.ts";
import { startCosmosServer } from "../../sandbox/cosmos/cosmos-server.ts";
import { START } from "./store-samples.ts";

/** An empty container in a Cosmos DB of its own. */
export interface OpenedContainer {
  /** The container through one more client, as one more worker has it. */
  connect(): CosmosContainer;
  /** Moves Cosmos' own clock, which stands still otherwise and decides what has ended. */
  advance(milliseconds: number): void;
  dispose(): Promise<void>;
}

const DATABASE = "watchdesk";
const CONTAINER = "items";

export async function openCosmosContainer(): Promise<OpenedContainer> {
  let ahead = 0;
  const server = await startCosmosServer({ now: () => new Date(Date.parse(START) + ahead) });
  const clients: CosmosClient[] = [];
  const newClient = (): CosmosClient => {
    const connectionPolicy = { requestTimeout: 10_000, enableEndpointDiscovery: false };
    const client = new CosmosClient({ endpoint: server.endpoint, key: server.key, connectionPolicy });
    clients.push(client);
    return client;
  };
  const { database } = await newClient().databases.create({ id: DATABASE });
  await database.containers.create({
    id: CONTAINER,
    partitionKey: { paths: ["/pk"] },
    defaultTtl: -1,
    indexingPolicy: INDEXING_POLICY,
  });
  return {
    connect: () =>
      cosmosContainer(newClient().database(DATABASE).container(CONTAINER), { storeCharge: () => undefined }),
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    dispose: async () => {
      for (const client of clients) client.dispose();
      await server.close();
    },
  };
}
