import { expect, it } from "vitest";
import type { TenantScope } from "../../../services/ports/stores.ts";
import { tenantPartition } from "../../../services/store/cosmos/cosmos-item.ts";
import { openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import {
  auditRow,
  delivery,
  link,
  linked,
  organization,
  ROBIN,
  record,
  removal,
  START,
  stored,
  sync,
} from "./store-samples.ts";
import { holdingAt } from "./troubled-containers.ts";

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

/** A tenant with an alert, whose removal is held up before anything of the tenant's own partition is cleared away. */
async function heldUpRemoval() {
  const scope: TenantScope = { accountId: "account-a", tenantId: "removed" };
  const slow: { hold?: ReturnType<typeof holdingAt> } = {};
  const opened = await openCosmosForTest(movedClock(), {
    plant: (container) => {
      if (slow.hold !== undefined) return container;
      slow.hold = holdingAt(container, tenantPartition(scope));
      return slow.hold.container;
    },
  });
  const [slowStores, stores] = [opened.stores, await opened.second()];
  await linked(stores, scope);
  await stored(stores, record(scope, { id: "a1" }));
  const etag = (await stores.links.get(scope))?.etag ?? "";
  const removed = slowStores.links.remove({ ...removal(scope), etag });
  await slow.hold?.held;
  return { opened, stores, scope, removed, letGo: () => slow.hold?.letGo() };
}

it("takes no card from the moment of the removal, so that none is left behind", async () => {
  const { opened, stores, scope, removed, letGo } = await heldUpRemoval();
  try {
    const card = delivery(scope, "a1", { state: "posted", activityId: "m1" });
    expect(await stores.deliveries.put({ delivery: card, etag: null })).toEqual({ kind: "conflict" });
    letGo();
    expect(await removed).toBe("stored");
    expect(await stores.deliveries.ofAlert(scope, "a1")).toEqual([]);
  } finally {
    await opened.dispose();
  }
});

it("leaves alone what hangs on the next link, where another finished the removal meanwhile", async () => {
  const { opened, stores, scope, removed, letGo } = await heldUpRemoval();
  try {
    const next = organization();
    await stores.organizations.add(next);
    const made = link({ ...scope, organizationId: next.id });
    expect(await stores.links.create({ link: made, sync: sync(made), audit: auditRow() })).toEqual({ kind: "linked" });
    expect(await stores.alerts.get(scope, "a1")).toBeNull();
    await stored(stores, record(scope, { id: "a1" }));
    letGo();
    expect(await removed).toBe("stored");
    expect(await stores.alerts.get(scope, "a1")).not.toBeNull();
    await stored(stores, record(scope, { id: "a2" }));
    const card = delivery(scope, "a2", { state: "posted", activityId: "m1" });
    expect(await stores.deliveries.put({ delivery: card, etag: null })).toMatchObject({ kind: "stored" });
    expect(await stores.removals.get(scope)).toBeNull();
  } finally {
    await opened.dispose();
  }
});
