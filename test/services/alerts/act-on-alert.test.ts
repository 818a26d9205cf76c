import { beforeEach, describe, expect, it } from "vitest";
import { claimAlert, reopenAlert } from "../../../services/alerts/act-on-alert.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { ROBIN, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "./alert-world.ts";
import { Crash } from "./fault-points.ts";
import { claim, commentsOf } from "./settling.ts";

const kim = { id: "person-kim", name: "Kim Alvarez", signInName: null };
const origin = { level: "default" as const, by: null, at: null };
let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});
const input = (alertId: string, by = ROBIN) => ({ scope: world.scope, alertId, by, where: "channel-1" });
const refuses = () => new Breakdown("refused", "no such user");
const settleJob = (alertId: string) => ({ kind: "settle-alert", tenantId: world.scope.tenantId, alertId });

describe("claimAlert", () => {
  it("puts the alert in progress and assigns it in Defender, which says it all, and asks for the cards", async () => {
    const { alert } = await world.alert({}, { nextSettleAt: null });
    const outcome = await claimAlert(world.deps, input(alert.id));
    expect(outcome).toMatchObject({ kind: "done", note: null, record: { claim: { by: ROBIN, inDefender: true } } });
    expect(world.source.alerts.get(alert.id)).toMatchObject({ status: "inProgress", assignedTo: "robin@soc.example" });
    expect(commentsOf(world, alert.id)).toEqual([]);
    const record = await world.read(alert.id);
    expect(record).toMatchObject({
      claim: { by: ROBIN, at: START, inDefender: true },
      alert: { status: "inProgress" },
    });
    expect(record.revision).toBeGreaterThan(1);
    expect(record.nextAnnounceAt).not.toBeNull();
    expect(record.nextSettleAt).not.toBeNull();
    expect(world.jobs).toEqual([settleJob(alert.id)]);
    expect(await world.audited()).toEqual([
      "alert.claim intended: claimed by Robin Reyes",
      "alert.claim outcome: claimed",
    ]);
  });

  it("leaves a resolved alert resolved, and assigns nobody whose sign-in name is not known", async () => {
    const resolved = await world.alert({ status: "resolved" });
    await claimAlert(world.deps, input(resolved.alert.id));
    expect(world.source.alerts.get(resolved.alert.id)).toMatchObject({
      status: "resolved",
      assignedTo: "robin@soc.example",
    });
    const open = await world.alert();
    await claimAlert(world.deps, input(open.alert.id, kim));
    expect(world.source.alerts.get(open.alert.id)).toMatchObject({ status: "inProgress", assignedTo: null });
    expect(commentsOf(world, open.alert.id)).toEqual([`Claimed by ${kim.name} through Watchdesk.`]);
  });

  it("tells the second whose the first was, and asks Defender nothing", async () => {
    const { alert } = await world.alert();
    await claimAlert(world.deps, input(alert.id));
    const calls = world.faults.calls.length;
    expect(await claimAlert(world.deps, input(alert.id, kim))).toMatchObject({
      kind: "alreadySo",
      note: "Robin Reyes has claimed this alert already.",
    });
    expect(await claimAlert(world.deps, input(alert.id))).toMatchObject({
      note: "You have claimed this alert already.",
    });
    expect(world.faults.calls).toHaveLength(calls);
  });

  it("of two at once the store lets one through, and the other hears of it", async () => {
    const { alert } = await world.alert();
    const outcomes = await Promise.all([
      claimAlert(world.deps, input(alert.id)),
      claimAlert(world.deps, input(alert.id, kim)),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["alreadySo", "done"]);
    expect(world.faults.calls.filter((call) => call === "defender.update")).toHaveLength(1);
  });

  it("keeps the claim here where Defender refuses, and says so", async () => {
    const { alert } = await world.alert();
    world.source.failNext("update", refuses());
    expect(await claimAlert(world.deps, input(alert.id))).toMatchObject({
      kind: "done",
      note: "Claimed here. Defender does not show it yet: Defender refused the change.",
      record: { claim: { by: ROBIN, inDefender: false }, alert: { status: "new" } },
    });
    expect(commentsOf(world, alert.id)).toEqual(["Claimed by Robin Reyes through Watchdesk."]);
    expect(await world.audited()).toContain("alert.claim outcome: kept here only: refused");
  });

  it("stands even when Defender takes neither assignment nor comment", async () => {
    const { alert } = await world.alert();
    world.source.failNext("update", refuses());
    world.source.failNext("comment", refuses());
    expect((await claimAlert(world.deps, input(alert.id))).kind).toBe("done");
    expect((await world.read(alert.id)).claim).toMatchObject({ by: ROBIN, inDefender: false });
  });

  it("is in the store before Defender is asked: a crash there keeps the claim", async () => {
    const { alert } = await world.alert();
    world.faults.crashAt(4);
    await expect(claimAlert(world.deps, input(alert.id))).rejects.toBeInstanceOf(Crash);
    expect(world.faults.calls).toEqual(["store.update", "store.update"]);
    expect((await world.read(alert.id)).claim).toMatchObject({ by: ROBIN, inDefender: false });
  });

  it("knows no alert of another tenant or account", async () => {
    const { alert } = await world.alert();
    expect(
      await claimAlert(world.deps, { ...input(alert.id), scope: { ...world.scope, accountId: "account-b" } }),
    ).toEqual({
      kind: "unknownAlert",
    });
    expect(await claimAlert(world.deps, input("alert-unknown"))).toEqual({ kind: "unknownAlert" });
  });
});

describe("reopenAlert", () => {
  const autoResolve = { kind: "resolved" as const, at: START, origin, commented: true };
  const resolved = () =>
    world.alert(
      { status: "resolved" },
      { autoResolve, resolution: { by: { kind: "watchdesk" }, at: START }, nextSettleAt: null },
    );

  it("opens it in Defender, undoes the auto-resolve in the person's name and asks for the cards", async () => {
    const { alert } = await resolved();
    expect(await reopenAlert(world.deps, input(alert.id))).toMatchObject({ kind: "done", note: null });
    expect(world.faults.calls.indexOf("defender.update")).toBeLessThan(world.faults.calls.lastIndexOf("store.update"));
    expect(world.source.alerts.get(alert.id)?.status).toBe("new");
    expect(commentsOf(world, alert.id)).toEqual(["Reopened by Robin Reyes through Watchdesk."]);
    expect(await world.read(alert.id)).toMatchObject({
      alert: { status: "new" },
      reopened: { by: "Robin Reyes" },
      resolution: null,
      autoResolve: { kind: "undone", by: "Robin Reyes" },
      revision: 2,
    });
    expect(world.jobs).toEqual([settleJob(alert.id)]);
    expect(await world.audited()).toEqual(["alert.reopen intended: open", "alert.reopen outcome: new"]);
  });

  it("goes back to in progress where somebody has claimed it", async () => {
    const { alert } = await resolved();
    await claim(world, alert.id);
    await reopenAlert(world.deps, input(alert.id));
    expect(world.source.alerts.get(alert.id)?.status).toBe("inProgress");
  });

  it("changes nothing but the audit log where Defender refuses, and says so", async () => {
    const { alert } = await resolved();
    const before = await world.read(alert.id);
    world.source.failNext("update", refuses());
    expect(await reopenAlert(world.deps, input(alert.id))).toEqual({
      kind: "failed",
      record: before,
      note: "Not reopened: Defender refused the change. Nothing was changed; try again in a minute.",
    });
    expect(await world.read(alert.id)).toEqual(before);
    expect(world.jobs).toEqual([]);
    expect(await world.audited()).toEqual(["alert.reopen intended: open", "alert.reopen outcome: failed: refused"]);
  });

  it("is done although the comment fails", async () => {
    const { alert } = await resolved();
    world.source.failNext("comment", refuses());
    expect((await reopenAlert(world.deps, input(alert.id))).kind).toBe("done");
    expect(await world.read(alert.id)).toMatchObject({ alert: { status: "new" }, reopened: { by: "Robin Reyes" } });
  });

  it("has nothing to do for an open alert or one unknown", async () => {
    const { alert } = await world.alert();
    expect(await reopenAlert(world.deps, input(alert.id))).toMatchObject({
      kind: "alreadySo",
      note: "This alert is open already.",
    });
    expect(await reopenAlert(world.deps, input("alert-unknown"))).toEqual({ kind: "unknownAlert" });
    expect(world.faults.calls).toEqual([]);
  });
});
