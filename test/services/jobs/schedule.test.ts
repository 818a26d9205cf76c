import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../../services/domain/instant.ts";
import { tick } from "../../../services/jobs/schedule.ts";
import { at, auditRow, journey, linked } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "../alerts/alert-world.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});

/** What the tick added but the looks of each minute, which are everybody's. */
const added = () => world.jobs.filter(({ kind }) => !kind.startsWith("watch-"));

describe("tick", () => {
  it("adds a job for everything that is due by the store, and for nothing else", async () => {
    const settling = await world.alert({}, { nextSettleAt: at(0) });
    const announcing = await world.alert({}, { nextSettleAt: at(5), nextAnnounceAt: at(0) });
    await world.alert({}, { nextSettleAt: null, nextAnnounceAt: at(5) });
    const due = journey({ dueAt: at(0) });
    await world.stores.consents.create(due, auditRow());
    await world.stores.consents.create(journey({ dueAt: at(5) }), auditRow());
    await tick(world.deps);
    const { tenantId } = world.scope;
    expect(added()).toEqual([
      { kind: "advance-consent", journeyId: due.id },
      { kind: "sync-tenant", tenantId },
      { kind: "settle-alert", tenantId, alertId: settling.alert.id },
      { kind: "announce-alert", tenantId, alertId: announcing.alert.id },
    ]);
  });

  it("finds again what was lost: the same work is due at the next tick until the store says otherwise", async () => {
    const { alert } = await world.alert();
    await tick(world.deps);
    const first = added();
    world.jobs.length = 0;
    world.clock.advance(MINUTE);
    await tick(world.deps);
    expect(added()).toEqual(first);
    expect(first.map(({ kind }) => kind)).toEqual(["sync-tenant", "settle-alert"]);
    await world.rewrite(alert.id, (record) => ({ ...record, nextSettleAt: null }));
    world.jobs.length = 0;
    await tick(world.deps);
    expect(added().map(({ kind }) => kind)).toEqual(["sync-tenant"]);
  });

  it("leaves paused tenants out", async () => {
    await linked(world.stores, { state: "paused" });
    await tick(world.deps);
    expect(added()).toEqual([{ kind: "sync-tenant", tenantId: world.scope.tenantId }]);
  });

  it.each(["watch-credentials", "watch-coverage"])("adds the look of each minute once a minute: %s", async (watch) => {
    const watches = () => world.jobs.filter(({ kind }) => kind === watch).length;
    await tick(world.deps);
    await tick(world.deps);
    expect(watches()).toBe(1);
    world.clock.advance(MINUTE);
    await tick(world.deps);
    expect(watches()).toBe(2);
  });
});
