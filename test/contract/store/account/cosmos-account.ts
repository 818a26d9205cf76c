import type { Container } from "@azure/cosmos";
import { loadCosmosSetting } from "../../../../services/config/store-settings.ts";
import { DAY } from "../../../../services/domain/instant.ts";
import { type CosmosConnection, connectCosmos } from "../../../../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../../../../services/store/cosmos/cosmos-container.ts";
import { initCosmos } from "../../../../services/store/cosmos/init-cosmos.ts";
import { openCosmosStores } from "../../../../services/store/cosmos/open-cosmos-stores.ts";
import type { OpenStore } from "../opened-store.ts";
import { A, B } from "../store-samples.ts";

interface CosmosAccount {
  /** The one container, empty again after each test. */
  readonly open: OpenStore;
  close(): void;
}

/** A database of its own, since everything in it is deleted. */
const DATABASE = "watchdesk-contract";
const AT_ONCE = 20;

/**
 * The account that COSMOS_ENDPOINT names, with COSMOS_KEY or the machine's identity; `COSMOS_DATABASE` is "watchdesk-contract"
 * unless told. Throws a sentence where a setting is wrong, where the database cannot be made, and where it holds anything.
 */
export async function connectCosmosAccount(environment: Record<string, string | undefined>): Promise<CosmosAccount> {
  const outcome = loadCosmosSetting({ COSMOS_DATABASE: DATABASE, ...environment });
  if (outcome.kind === "problems") throw new Error(outcome.problems.join(" "));
  const { endpoint, key, database } = outcome.setting;
  const connect = () => connectCosmos({ endpoint, key: key?.reveal() ?? null, database });
  const own = connect();
  const { container } = own;
  const { missing } = await initCosmos(own, { mayCreate: key !== null });
  if (missing.length > 0) throw new Error(missing.join(" "));
  if ((await itemsIn(container)).length > 0) {
    throw new Error(
      `The database “${database}” holds items. The contract deletes everything in it: name another one by COSMOS_DATABASE, or, where an earlier run left them, delete it.`,
    );
  }
  return {
    open: async (clock) => {
      const connections: CosmosConnection[] = [];
      const stores = async () => {
        const connection = connect();
        connections.push(connection);
        const opened = cosmosContainer(connection.container, { storeCharge: () => undefined });
        return openCosmosStores({ container: opened, clock, accountIds: [A, B], retentionMs: 180 * DAY });
      };
      return {
        stores: await stores(),
        second: stores,
        reopen: stores,
        dispose: async () => {
          for (const connection of connections) connection.close();
          await deleteAll(container);
        },
      };
    },
    close: () => own.close(),
  };
}

interface ItemName {
  readonly id: string;
  readonly pk: string;
}

async function itemsIn(container: Container): Promise<readonly ItemName[]> {
  const found = await container.items.query<ItemName>("SELECT c.id, c.pk FROM c WHERE c.kind <> 'schema'").fetchAll();
  return found.resources;
}

async function deleteAll(container: Container): Promise<void> {
  const left = [...(await itemsIn(container))];
  const deleting = Array.from({ length: AT_ONCE }, async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) {
      // What Cosmos has deleted by itself meanwhile answers 404.
      await container.item(item.id, item.pk).delete().catch(ignoreMissing);
    }
  });
  await Promise.all(deleting);
}

function ignoreMissing(error: { code?: unknown }): void {
  if (error.code !== 404) throw error;
}
