import { beforeEach, describe, expect, it } from "vitest";
import { changeRecord } from "../../../services/alerts/change-record.ts";
import { orderOlderAlerts } from "../../../services/alerts/older-alerts.ts";
import { settleAlert } from "../../../services/alerts/settle-alert.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { MINUTE } from "../../../services/domain/instant.ts";
import type { Job } from "../../../services/domain/job.ts";
import { at, auditRow, ROBIN, record, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "./alert-world.ts";
import { commentsOf, settleUntilAtRest } from "./settling.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});
const order = () => orderOlderAlerts(world.deps, { scope: world.scope, by: ROBIN });
const older = { baseline: true, nextSettleAt: null };

describe("orderOlderAlerts", () => {
  it("orders the open alerts of the first read in a person's name, nothing else", async () => {
    const open = await world.alert({ createdAt: at(-90) }, older);
    const resolved = await world.alert({ status: "resolved" }, older);
    const later = await world.alert();
    expect(await order()).toBe(1);
    expect(await world.read(open.alert.id)).toMatchObject({
      resolveRequest: { by: ROBIN, at: START },
      nextSettleAt: START,
    });
    expect((await world.read(resolved.alert.id)).resolveRequest).toBeNull();
    expect((await world.read(later.alert.id)).resolveRequest).toBeNull();
    expect(world.jobs).toEqual([{ kind: "settle-alert", tenantId: world.scope.tenantId, alertId: open.alert.id }]);
    expect(await order()).toBe(0);
  });

  it("orders every one of several hundred, although the first are resolved while the rest is still listed", async () => {
    const records = Array.from({ length: 450 }, (_, index) =>
      record(world.scope, { createdAt: at(-61 - index) }, older),
    );
    await world.stores.alerts.storePage({
      scope: world.scope,
      records: records.map((item) => ({ record: item, etag: null })),
    });
    const ordered: string[] = [];
    const queue = { add: (job: Job) => void ordered.push("alertId" in job ? job.alertId : "") };
    const alerts = {
      ...world.deps.alerts,
      list: async (input: Parameters<typeof world.deps.alerts.list>[0]) => {
        for (const alertId of ordered) {
          await world.rewrite(alertId, (item) => ({ ...item, alert: { ...item.alert, status: "resolved" } }));
        }
        return await world.stores.alerts.list(input);
      },
    };
    expect(await orderOlderAlerts({ ...world.deps, alerts, queue }, { scope: world.scope, by: ROBIN })).toBe(450);
    expect(new Set(ordered).size).toBe(450);
  });
});

describe("carryOutOrder", () => {
  it("resolves in Defender, comments with the person's name and records whose it was", async () => {
    const { alert } = await world.alert({}, older);
    await order();
    await settleUntilAtRest(world, alert.id);
    expect(world.source.alerts.get(alert.id)?.status).toBe("resolved");
    expect(commentsOf(world, alert.id)).toEqual([
      "Resolved through Watchdesk by Robin Reyes: older than the connection. Ref wd-00000001",
    ]);
    expect(await world.read(alert.id)).toMatchObject({
      resolution: { by: { kind: "person", name: "Robin Reyes" } },
      resolveRequest: null,
      revision: 2,
      settledRevision: 2,
    });
    expect(await world.audited()).toEqual([
      "alert.resolve intended: resolved, commented",
      "alert.resolve outcome: resolved, commented",
    ]);
  });

  it("is tried again a minute later when Defender is away, the order kept", async () => {
    const { alert } = await world.alert({}, older);
    await order();
    world.source.failNext(
      "update",
      new Breakdown("not-answering", "no answer"),
      new Breakdown("throttled", "slow", { retryAfterMs: 3 * MINUTE }),
    );
    await settleAlert(world.deps, { tenantId: world.scope.tenantId, alertId: alert.id });
    expect(await world.read(alert.id)).toMatchObject({
      resolveRequest: { by: ROBIN },
      nextSettleAt: at(1),
      alert: { status: "new" },
    });
    world.clock.advance(MINUTE);
    await settleAlert(world.deps, { tenantId: world.scope.tenantId, alertId: alert.id });
    expect((await world.read(alert.id)).nextSettleAt).toBe(at(4));
    await settleUntilAtRest(world, alert.id);
    expect(commentsOf(world, alert.id)).toHaveLength(1);
    expect((await world.read(alert.id)).resolveRequest).toBeNull();
  });
});

describe("changeRecord", () => {
  const raise = (alertId: string) =>
    changeRecord(world.deps, {
      scope: world.scope,
      alertId,
      change: (item) => ({ record: { ...item, revision: item.revision + 1 } }),
    });

  it("reads and decides again as often as somebody else was first, losing nobody's change", async () => {
    const { alert } = await world.alert();
    for (let other = 0; other < 3; other += 1) {
      world.faults.once("before", "store.update", () =>
        world.rewrite(alert.id, (item) => ({ ...item, revision: item.revision + 10 })),
      );
    }
    expect((await raise(alert.id))?.revision).toBe(32);
    expect((await world.read(alert.id)).revision).toBe(32);
  });

  it("gives up as a retryable conflict when that never ends", async () => {
    const { alert } = await world.alert();
    const alerts = { ...world.deps.alerts, update: async () => "conflict" as const };
    const change = changeRecord(
      { alerts },
      { scope: world.scope, alertId: alert.id, change: (item) => ({ record: item }) },
    );
    await expect(change).rejects.toMatchObject({ code: "conflict", retryable: true });
  });

  it("gives null without a record or a wish, and writes audit rows with the change alone", async () => {
    const { alert } = await world.alert();
    expect(await raise("alert-unknown")).toBeNull();
    const none = { scope: world.scope, alertId: alert.id, change: () => null };
    expect(await changeRecord(world.deps, none)).toBeNull();
    expect(world.faults.calls).toEqual([]);
    const audit = [auditRow({ tenantId: world.scope.tenantId, verb: "alert.test", after: "done" })];
    await changeRecord(world.deps, { ...none, change: (item) => ({ record: item, audit }) });
    expect(await world.audited()).toEqual(["alert.test done: done"]);
  });
});
