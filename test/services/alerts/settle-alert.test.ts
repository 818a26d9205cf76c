import { beforeEach, describe, expect, it } from "vitest";
import { settleAlert } from "../../../services/alerts/settle-alert.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { MINUTE } from "../../../services/domain/instant.ts";
import { at, ROBIN, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "./alert-world.ts";
import { claim, commentsOf, settleUntilAtRest } from "./settling.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});
const away = () => new Breakdown("not-answering", "no answer", { retryable: true });
const settle = (alertId: string) => settleAlert(world.deps, { tenantId: world.scope.tenantId, alertId });

describe("settleAlert: by policy", () => {
  it("resolves and comments in Defender first, then records it and asks for the card", async () => {
    const { alert } = await world.alert();
    await settle(alert.id);
    expect(world.faults.calls).toEqual(["store.update", "defender.update", "defender.comment", "store.update"]);
    expect(world.source.alerts.get(alert.id)).toMatchObject({
      status: "resolved",
      classification: null,
      assignedTo: null,
    });
    expect(commentsOf(world, alert.id)).toEqual([
      "Resolved by Watchdesk: auto-resolve is on (default setting). No person has looked at this alert yet. Ref wd-00000001",
    ]);
    const record = await world.read(alert.id);
    expect(record).toMatchObject({
      alert: { status: "resolved" },
      autoResolve: { kind: "resolved", commented: true, origin: { level: "default" } },
      resolution: { by: { kind: "watchdesk" } },
      revision: 2,
      settledRevision: 2,
      nextSettleAt: null,
      nextAnnounceAt: world.clock.now(),
    });
    expect(world.jobs).toEqual([{ kind: "announce-alert", tenantId: world.scope.tenantId, alertId: alert.id }]);
    expect(await world.audited()).toEqual([
      "alert.auto-resolve intended: resolved, commented",
      "alert.auto-resolve outcome: resolved, commented",
    ]);
  });

  it("names who set it in the comment, and writes none where comments are off", async () => {
    await world.set({ autoResolve: true });
    const first = await world.alert();
    await settle(first.alert.id);
    expect(commentsOf(world, first.alert.id)[0]).toContain("(tenant setting, set by Robin Reyes)");
    await world.set({ comment: false });
    const second = await world.alert();
    await settle(second.alert.id);
    expect(commentsOf(world, second.alert.id)).toEqual([]);
    expect((await world.read(second.alert.id)).autoResolve).toMatchObject({ kind: "resolved", commented: false });
  });

  it("leaves an alert alone with its reason, asking Defender nothing", async () => {
    await world.set({ autoResolve: false });
    const { alert } = await world.alert();
    await settle(alert.id);
    expect(world.faults.calls).toEqual(["store.update"]);
    expect(await world.read(alert.id)).toMatchObject({
      autoResolve: { kind: "notResolved", reason: "off", origin: { level: "tenant", by: "Robin Reyes" } },
      nextSettleAt: null,
      nextAnnounceAt: START,
    });
  });

  it("does nothing for an alert at rest, one due later, one unknown, or a tenant unlinked", async () => {
    const rest = await world.alert({}, { nextSettleAt: null });
    const later = await world.alert({}, { nextSettleAt: at(1) });
    await settle(rest.alert.id);
    await settle(later.alert.id);
    await settle("alert-unknown");
    await settleAlert(world.deps, { tenantId: "tenant-unknown", alertId: rest.alert.id });
    expect(world.faults.calls).toEqual([]);
    expect(world.jobs).toEqual([]);
  });
});

describe("settleAlert: what changes meanwhile", () => {
  it("R6: a setting switched off between the intent and the sending is not sent", async () => {
    const { alert } = await world.alert();
    world.faults.once("after", "store.update", () => world.set({ autoResolve: false }));
    await settle(alert.id);
    expect(world.faults.calls).not.toContain("defender.update");
    expect(world.source.alerts.get(alert.id)?.status).toBe("new");
    expect(await world.read(alert.id)).toMatchObject({ autoResolve: { reason: "off" }, nextSettleAt: null });
  });

  it("a claim made between the intent and the sending stops it: the alert is taken", async () => {
    const { alert } = await world.alert();
    world.faults.once("after", "store.update", () => claim(world, alert.id));
    await settle(alert.id);
    expect(world.source.alerts.get(alert.id)?.status).toBe("new");
    expect(await world.read(alert.id)).toMatchObject({
      claim: { by: ROBIN },
      autoResolve: { kind: "notResolved", reason: "taken" },
    });
  });

  it("a claim made before the intent wins: nothing is sent", async () => {
    const { alert } = await world.alert();
    world.faults.once("before", "store.update", () => claim(world, alert.id));
    await settle(alert.id);
    // changeRecord reads before it writes: the first write meets a conflict, the second look sees the claim.
    expect(world.faults.calls).not.toContain("defender.update");
    await settleUntilAtRest(world, alert.id);
    expect(await world.read(alert.id)).toMatchObject({ claim: { by: ROBIN }, autoResolve: { reason: "taken" } });
  });

  it("a claim made while Defender is asked stays, beside the resolution", async () => {
    const { alert } = await world.alert();
    world.faults.once("after", "defender.update", () => claim(world, alert.id));
    await settle(alert.id);
    expect(await world.read(alert.id)).toMatchObject({
      claim: { by: ROBIN },
      autoResolve: { kind: "resolved" },
      alert: { status: "resolved" },
    });
  });

  it.each(["answers", "is away"])(
    "reopened in the portal while we write, and Defender %s for the comment: never resolved again",
    async (then) => {
      const { alert } = await world.alert();
      world.faults.once("before", "defender.comment", async () => {
        const reopened = world.source.change(alert.id, { status: "new", updatedAt: at(5) });
        await world.rewrite(alert.id, (record) => ({ ...record, alert: reopened }));
        if (then === "is away") world.source.failNext("comment", away());
      });
      await settle(alert.id);
      expect(await world.read(alert.id)).toMatchObject({
        alert: { status: "new" },
        reopened: { by: null, at: at(5) },
        resolution: null,
      });
      await world.rewrite(alert.id, (record) => ({ ...record, nextSettleAt: world.clock.now() }));
      await settle(alert.id);
      expect(world.faults.calls.filter((call) => call === "defender.update")).toHaveLength(1);
      expect((await world.read(alert.id)).autoResolve.kind).toMatch(/^(undone|notResolved)$/);
    },
  );

  it("an order given while policy leaves the alert alone is carried out afterwards", async () => {
    await world.set({ autoResolve: false });
    const { alert } = await world.alert();
    world.faults.once("before", "store.update", async () => {
      const resolveRequest = { by: ROBIN, at: START, reference: "wd-order" };
      await world.rewrite(alert.id, (record) => ({ ...record, resolveRequest, nextSettleAt: START }));
    });
    await settle(alert.id);
    await settle(alert.id);
    expect(world.source.alerts.get(alert.id)?.status).toBe("resolved");
  });
});

describe("settleAlert: Defender away", () => {
  it("is pending with the reason and the next try's time, and the card is asked for at once", async () => {
    const { alert } = await world.alert();
    world.source.failNext("update", away());
    await settle(alert.id);
    expect(await world.read(alert.id)).toMatchObject({
      alert: { status: "new" },
      autoResolve: {
        kind: "pending",
        step: "resolve",
        attempts: 1,
        nextTryAt: at(1),
        why: "Defender is not answering",
      },
      revision: 2,
      nextSettleAt: at(1),
      nextAnnounceAt: START,
    });
    expect(world.jobs.map(({ kind }) => kind)).toEqual(["announce-alert"]);
    expect(await world.audited()).toContain("alert.auto-resolve outcome: failed: not-answering");
  });

  it("waits 1, 2, 5, 10, 20, then 60 minutes, longer if asked, and keeps one reference", async () => {
    const { alert } = await world.alert();
    const minutes: number[] = [];
    const references = new Set<string>();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      world.source.failNext(
        "update",
        attempt === 7 ? new Breakdown("throttled", "slow", { retryAfterMs: 90 * MINUTE }) : away(),
      );
      await settle(alert.id);
      const { autoResolve, nextSettleAt } = await world.read(alert.id);
      if (autoResolve.kind !== "pending" || nextSettleAt === null) throw new Error("It is not pending.");
      references.add(autoResolve.reference);
      minutes.push((Date.parse(nextSettleAt) - Date.parse(world.clock.now())) / MINUTE);
      world.clock.advance(Date.parse(nextSettleAt) - Date.parse(world.clock.now()));
    }
    expect(minutes).toEqual([1, 2, 5, 10, 20, 60, 60, 90]);
    expect(references.size).toBe(1);
    await settle(alert.id);
    expect(commentsOf(world, alert.id)).toHaveLength(1);
    expect((await world.read(alert.id)).autoResolve).toMatchObject({ kind: "resolved", commented: true });
  });

  it("goes on with the comment alone when only that failed, even if switched off since", async () => {
    const { alert } = await world.alert();
    world.source.failNext("comment", away());
    await settle(alert.id);
    expect(await world.read(alert.id)).toMatchObject({
      alert: { status: "resolved" },
      autoResolve: { kind: "pending", step: "comment" },
    });
    await world.set({ autoResolve: false });
    world.clock.advance(MINUTE);
    await settle(alert.id);
    expect(world.faults.calls.filter((call) => call === "defender.update")).toHaveLength(1);
    expect(commentsOf(world, alert.id)).toHaveLength(1);
    expect((await world.read(alert.id)).autoResolve).toMatchObject({ kind: "resolved", commented: true });
  });

  it("is left alone when a person takes the alert while it is pending", async () => {
    const { alert } = await world.alert();
    world.source.failNext("update", away());
    await settle(alert.id);
    await claim(world, alert.id);
    world.clock.advance(MINUTE);
    await settle(alert.id);
    expect(world.source.alerts.get(alert.id)?.status).toBe("new");
    expect((await world.read(alert.id)).autoResolve).toMatchObject({ kind: "notResolved", reason: "taken" });
  });

  it("throws a bug on: what is no breakdown is not taken for Defender being away", async () => {
    const { alert } = await world.alert();
    world.faults.once("before", "defender.update", () => {
      throw new TypeError("a bug");
    });
    await expect(settle(alert.id)).rejects.toBeInstanceOf(TypeError);
  });
});
