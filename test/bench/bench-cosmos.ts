import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import { initCosmos } from "../../services/store/cosmos/init-cosmos.ts";
import { type CosmosServer, startCosmosServer } from "../sandbox/cosmos/cosmos-server.ts";
import { answerParent } from "./child.ts";

/** The simulated Cosmos DB in a process of its own, set up and empty. */
export interface CosmosAt {
  readonly endpoint: string;
  readonly key: string;
  readonly database: string;
}

let server: CosmosServer | null = null;

const handlers = {
  start: async (): Promise<CosmosAt> => {
    server = await startCosmosServer();
    const { endpoint, key } = server;
    const at = { endpoint, key, database: "watchdesk" };
    const connection = connectCosmos(at);
    await initCosmos(connection, { mayCreate: true });
    connection.close();
    return at;
  },
  /** Request units since the last question, by the server's model. */
  charged: async (): Promise<number> => {
    const charged = server?.requests.charge() ?? 0;
    server?.requests.clear();
    return charged;
  },
  stop: async (): Promise<void> => {
    await server?.close();
  },
};

export type BenchCosmos = typeof handlers;
answerParent(handlers);
