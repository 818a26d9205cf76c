import { systemClock } from "../../services/config/system.ts";
import { DAY } from "../../services/domain/instant.ts";
import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../../services/store/cosmos/cosmos-container.ts";
import { cosmosCopy } from "../../services/store/cosmos/cosmos-copy.ts";
import { openSqliteCopy } from "../../services/store/sqlite/open-sqlite-copy.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { copyStore } from "../../services/store-copy/copy-store.ts";
import { record, START } from "../contract/store/store-samples.ts";
import type { CosmosAt } from "./bench-cosmos.ts";
import { answerParent } from "./child.ts";
import { type Cost, costOf, type Usage, usage } from "./measure.ts";
import { seedLinks } from "./seed-links.ts";

const ACCOUNT = "account-a";
const ADMIN = { id: "admin", name: "Robin Reyes", signInName: "robin@soc.example" };
const TENANTS = 20;
const PAGE = 500;
/** With the rest of a record about 4 KB, as alerts are. */
const DESCRIPTION = "Somebody signed in from two places at once. ".repeat(70);

/** A copy in a process of its own, of which nothing else has a part. */
const handlers = {
  /** Fills a database with so many alerts of 20 tenants. */
  seed: async ({ path, alerts }: { path: string; alerts: number }): Promise<void> => {
    const stores = await openSqliteStores({ path, clock: systemClock });
    const tenants = Array.from({ length: TENANTS }, (_, order) => ({
      id: `9a1e0000-0000-4000-8000-${String(order).padStart(12, "0")}`,
      name: `Customer ${order}`,
      domain: `customer-${order}.example`,
    }));
    const shared = { accountId: ACCOUNT, by: ADMIN, chatId: "chat", now: START, read: false };
    await seedLinks(stores, { ...shared, tenants });
    for (const [order, { id: tenantId }] of tenants.entries()) {
      const scope = { accountId: ACCOUNT, tenantId };
      const own = Array.from({ length: Math.ceil((alerts - order) / TENANTS) }, (_, place) => `da-${order}-${place}`);
      for (let from = 0; from < own.length; from += PAGE) {
        const records = own.slice(from, from + PAGE).map((id) => ({
          record: record(scope, { id, description: DESCRIPTION }),
          etag: null,
        }));
        await stores.alerts.storePage({ scope, records });
      }
    }
    await stores.close();
  },
  copy: async ({ path, cosmos, to }: { path: string; cosmos: CosmosAt; to: "cosmos" | "sqlite" }): Promise<Cost> => {
    const sqlite = openSqliteCopy({ path, mustExist: to === "cosmos" });
    const connection = connectCosmos(cosmos);
    const container = cosmosContainer(connection.container, { storeCharge: () => undefined });
    const inCosmos = cosmosCopy({ container, clock: systemClock, retentionMs: 180 * DAY });
    const [source, target] = to === "cosmos" ? [sqlite.store, inCosmos] : [inCosmos, sqlite.store];
    const cost = await costOf(async () => {
      const outcome = await copyStore({ source, target, report: () => undefined, pageSize: PAGE }, { from: "bench" });
      if (outcome.kind !== "copied") throw new Error(`The copy ended as ${outcome.kind}.`);
    });
    connection.close();
    await sqlite.close();
    return cost;
  },
  usage: async (): Promise<Usage> => usage(),
};

export type BenchCopy = typeof handlers;
answerParent(handlers);
