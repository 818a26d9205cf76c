import { describe, expect, it } from "vitest";
import { settleAlert } from "../../../services/alerts/settle-alert.ts";
import { ROBIN, START } from "../../contract/store/store-samples.ts";
import { alertWorld } from "./alert-world.ts";
import { Crash } from "./fault-points.ts";
import { commentsOf, settleUntilAtRest } from "./settling.ts";

const order = { by: ROBIN, at: START, reference: "wd-order" };
/** Before and after each of the four calls: store, Defender's update, its comment, store. */
const POINTS = [0, 1, 2, 3, 4, 5, 6, 7];

describe.each([
  ["an auto-resolve", {}, "watchdesk"],
  ["a person's order", { resolveRequest: order, baseline: true }, "person"],
] as const)("%s, the process dying", (_what, fields, by) => {
  it.each(POINTS)("at point %i: taken up again, resolved with exactly one comment", async (point) => {
    const world = await alertWorld();
    const { alert } = await world.alert({}, fields);
    world.faults.crashAt(point);
    await expect(settleAlert(world.deps, { tenantId: world.scope.tenantId, alertId: alert.id })).rejects.toBeInstanceOf(
      Crash,
    );
    world.faults.crashAt(null);
    await settleUntilAtRest(world, alert.id);
    expect(commentsOf(world, alert.id)).toHaveLength(1);
    expect(await world.read(alert.id)).toMatchObject({
      alert: { status: "resolved" },
      resolution: { by: { kind: by } },
      resolveRequest: null,
      nextSettleAt: null,
    });
  });

  it("twice, at any two points: still exactly one comment", async () => {
    for (const first of POINTS) {
      for (const second of POINTS) {
        const world = await alertWorld();
        const { alert } = await world.alert({}, fields);
        for (const point of [first, second]) {
          world.faults.crashAt(point);
          await settleUntilAtRest(world, alert.id).catch((cause: unknown) => expect(cause).toBeInstanceOf(Crash));
        }
        world.faults.crashAt(null);
        await settleUntilAtRest(world, alert.id);
        expect([first, second, commentsOf(world, alert.id).length]).toEqual([first, second, 1]);
        expect(world.source.alerts.get(alert.id)?.status).toBe("resolved");
      }
    }
  });

  it("goes through exactly these fault points when nothing dies", async () => {
    const world = await alertWorld();
    const { alert } = await world.alert({}, fields);
    world.faults.crashAt(POINTS.length);
    await settleUntilAtRest(world, alert.id).catch((cause: unknown) => expect(cause).toBeInstanceOf(Crash));
    expect(world.faults.calls.length * 2).toBeGreaterThanOrEqual(POINTS.length);
    expect(world.source.alerts.get(alert.id)?.status).toBe("resolved");
  });
});
