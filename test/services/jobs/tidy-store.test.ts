import { beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, shift } from "../../../services/domain/instant.ts";
import { tidyStore } from "../../../services/jobs/tidy-store.ts";
import { delivery, record, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "../alerts/alert-world.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});
let sweeps = 0;
const sweep = async () => {
  sweeps += 1;
};
const purge = () => tidyStore({ ...world.stores, sweep, clock: world.clock, retentionMs: 180 * DAY });
const total = async () => (await world.stores.alerts.counts(world.scope)).total;
const aged = (days: number) => ({ updatedAt: shift(START, -days * DAY) });

describe("tidyStore", () => {
  it("sweeps once a minute, whoever looks first", async () => {
    const before = sweeps;
    await purge();
    await purge();
    expect(sweeps).toBe(before + 1);
    world.clock.advance(60_000);
    await purge();
    expect(sweeps).toBe(before + 2);
  });

  it("deletes what did not change for the retention time, with its cards, and keeps the rest", async () => {
    const old = await world.alert(aged(181));
    const kept = await world.alert(aged(180));
    for (const { alert } of [old, kept]) {
      await world.stores.deliveries.put({ delivery: delivery(world.scope, alert.id), etag: null });
    }
    await purge();
    expect(await world.stores.alerts.get(world.scope, old.alert.id)).toBeNull();
    expect(await world.stores.deliveries.ofAlert(world.scope, old.alert.id)).toEqual([]);
    expect(await world.read(kept.alert.id)).toEqual(kept);
    expect(await world.stores.deliveries.ofAlert(world.scope, kept.alert.id)).toHaveLength(1);
  });

  it("goes on batch by batch until nothing old is left, one batch exactly included", async () => {
    for (const count of [500, 1_001]) {
      const records = Array.from({ length: count }, () => ({ record: record(world.scope, aged(200)), etag: null }));
      await world.stores.alerts.storePage({ scope: world.scope, records });
      world.clock.advance(HOUR);
      await purge();
      expect(await total()).toBe(0);
    }
  });

  it("looks once an hour, whoever looks first", async () => {
    await purge();
    await world.alert(aged(200));
    world.clock.advance(HOUR - 1);
    await purge();
    expect(await total()).toBe(1);
    world.clock.advance(1);
    await purge();
    expect(await total()).toBe(0);
  });
});
