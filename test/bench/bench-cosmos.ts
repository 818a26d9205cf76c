import { type CosmosServer, startCosmosServer } from "../sandbox/cosmos/cosmos-server.ts";
import { answerParent } from "./child.ts";

/*
 * The simulated Cosmos DB as a process of its own, so that what it takes does not count as the store's.
 */
let server: CosmosServer | null = null;

const handlers = {
  start: async () => {
    server = await startCosmosServer();
    return { endpoint: server.endpoint, key: server.key };
  },
  /** Request units since the last question, by the server's model. */
  charged: async () => {
    const charged = server?.requests.charge() ?? 0;
    server?.requests.clear();
    return charged;
  },
};
export type BenchCosmos = typeof handlers;

answerParent(handlers);
