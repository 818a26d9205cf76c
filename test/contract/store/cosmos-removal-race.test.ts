import { expect, it } from "vitest";
import type { TenantScope } from "../../../services/ports/stores.ts";
import { openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import { linked, ROBIN, removal, START } from "./store-samples.ts";

it("leaves no settings that were saved while the tenant was being removed", async () => {
  const race: { between: (() => Promise<unknown>) | null } = { between: null };
  const opened = await openCosmosForTest(movedClock(), {
    plant: (container) => ({
      ...container,
      read: async <Value>(partition: string, id: string) => {
        const found = await container.read<Value>(partition, id);
        const between = id.startsWith("settings:") ? race.between : null;
        if (between !== null) {
          race.between = null;
          await between();
        }
        return found;
      },
    }),
  });
  try {
    const scope: TenantScope = await linked(opened.stores);
    const etag = (await opened.stores.links.get(scope))?.etag ?? "";
    const settings = { comment: { value: false, setBy: ROBIN, setAt: START } };
    race.between = async () => {
      expect(await opened.stores.settings.put({ level: scope, settings, etag: null, audit: [] })).toBe("stored");
    };
    expect(await opened.stores.links.remove({ ...removal(scope), etag })).toBe("stored");
    expect(race.between).toBeNull();
    expect(await opened.stores.settings.get(scope)).toEqual({ value: {}, etag: null });
  } finally {
    await opened.dispose();
  }
});
