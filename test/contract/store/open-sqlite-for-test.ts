import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import type { OpenedStore } from "./opened-store.ts";

/** An empty SQLite file in a folder of its own, deleted by dispose. */
export async function openSqliteForTest(clock: Clock): Promise<OpenedStore> {
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-store-"));
  const open: Stores[] = [];
  const connect = async (): Promise<Stores> => {
    const stores = await openSqliteStores({ path: join(folder, "data", "watchdesk.db"), clock });
    open.push(stores);
    return stores;
  };
  const closeAll = () => Promise.all(open.splice(0).map((stores) => stores.close()));
  return {
    stores: await connect(),
    second: connect,
    reopen: async () => {
      await closeAll();
      return connect();
    },
    dispose: async () => {
      await closeAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
