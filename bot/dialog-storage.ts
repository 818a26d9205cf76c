import type { Storage, StoreItems } from "botbuilder";
import { DAY, shift } from "../services/domain/instant.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { EphemeralStore } from "../services/ports/stores.ts";

/** An unfinished conversation is forgotten after this long. */
const KEPT = DAY;

/** botbuilder's dialog state, kept in the store, so that a restart in mid-dialog goes on where it was. */
export function createDialogStorage(deps: { ephemeral: EphemeralStore; clock: Clock }): Storage {
  return {
    read: async (keys) => {
      const items: StoreItems = {};
      for (const key of keys) {
        const stored = await deps.ephemeral.get(`dialog:${key}`);
        if (stored !== null) items[key] = { ...JSON.parse(stored.value), eTag: "*" };
      }
      return items;
    },
    write: async (changes) => {
      const endsAt = shift(deps.clock.now(), KEPT);
      for (const [key, item] of Object.entries(changes)) {
        await deps.ephemeral.put({ key: `dialog:${key}`, value: JSON.stringify(item), etag: "*", endsAt });
      }
    },
    delete: async (keys) => {
      for (const key of keys) await deps.ephemeral.remove(`dialog:${key}`);
    },
  };
}
