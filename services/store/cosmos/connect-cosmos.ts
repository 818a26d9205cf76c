import { type Container, CosmosClient, type CosmosClientOptions, type Database } from "@azure/cosmos";
import { DefaultAzureCredential } from "@azure/identity";

/** The container's name; the database's is a setting, so that several Watchdesks can share an account. */
export const CONTAINER_ID = "items";

export interface CosmosAddress {
  /** Https; plain http for loopback only. */
  readonly endpoint: string;
  /** Null: the identity that the machine gives. */
  readonly key: string | null;
  readonly database: string;
}

export interface CosmosConnection {
  readonly client: CosmosClient;
  readonly database: Database;
  readonly container: Container;
  /** Ends what the client does by itself; what is under way may still be answered. */
  close(): void;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Asks nothing of Cosmos yet: the first request tells whether address and credential are right. */
export function connectCosmos({ endpoint, key, database: databaseId }: CosmosAddress): CosmosConnection {
  const client = new CosmosClient({
    endpoint,
    ...credentialOf(key),
    connectionPolicy: {
      requestTimeout: 10_000,
      // A few short waits where Cosmos is busy; patience.ts is what waits longer, and knows which writes were done.
      retryOptions: { maxRetryAttemptCount: 3, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 5 },
      // A server on this machine names itself in its answer by an address that need not be the one it is reached by.
      enableEndpointDiscovery: !LOOPBACK.test(new URL(endpoint).hostname),
    },
  });
  const database = client.database(databaseId);
  return { client, database, container: database.container(CONTAINER_ID), close: () => client.dispose() };
}

/**
 * Without a key: a managed identity in Azure (a user-assigned one by AZURE_CLIENT_ID), a workload identity in Kubernetes,
 * and on an operator's own machine whoever `az login` signed in.
 */
function credentialOf(key: string | null): Pick<CosmosClientOptions, "key" | "aadCredentials"> {
  return key === null ? { aadCredentials: new DefaultAzureCredential() } : { key };
}
