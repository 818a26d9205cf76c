import type { Stores } from "../../../services/ports/all-stores.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import type { Log, LogFields } from "../../../services/ports/log.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { type MovedClock, movedClock } from "../../contract/store/opened-store.ts";

/** An account's store in memory with a clock that is moved, foreseeable ids, and a log to look at. */
export interface OrganizationWorld extends Stores {
  readonly clock: MovedClock;
  readonly randomness: { id(): string; secret(): string };
  readonly log: Log;
  readonly logged: { level: "warn" | "error"; sentence: string; fields: LogFields }[];
  names(accountId: string): Promise<readonly string[]>;
}

export async function openOrganizationWorld(): Promise<OrganizationWorld> {
  const clock: Clock & MovedClock = movedClock();
  const stores = await openSqliteStores({ path: ":memory:", clock });
  const logged: OrganizationWorld["logged"] = [];
  let ids = 0;
  const at =
    (level: "warn" | "error") =>
    (sentence: string, fields: LogFields = {}) => {
      logged.push({ level, sentence, fields });
    };
  return {
    ...stores,
    clock,
    randomness: {
      id: () => {
        ids += 1;
        return `id-${ids}`;
      },
      secret: () => "secret",
    },
    log: { debug: () => undefined, info: () => undefined, warn: at("warn"), error: at("error") },
    logged,
    names: async (accountId) => {
      const found = await stores.organizations.list({ accountId, offset: 0, limit: 2_000 });
      return found.map(({ name }) => name);
    },
  };
}
