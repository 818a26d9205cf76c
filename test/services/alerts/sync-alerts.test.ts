import { beforeEach, describe, expect, it } from "vitest";
import { syncAlerts } from "../../../services/alerts/sync-alerts.ts";
import type { Alert } from "../../../services/domain/alert.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { MINUTE } from "../../../services/domain/instant.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import { at, record, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "./alert-world.ts";

let world: AlertWorld;
let tenant: TenantLink;
beforeEach(async () => {
  world = await alertWorld();
  const found = await world.stores.links.get(world.scope);
  if (found === null) throw new Error("The tenant is not linked.");
  tenant = found.value;
});

const alert = (id: string, fields: Partial<Alert> = {}): Alert => record(world.scope, { id, ...fields }).alert;
const state = async () => (await world.stores.syncs.get(world.scope))?.value;
const known = async () => (await world.stores.alerts.getMany(world.scope, IDS)).map(({ value }) => value);
const IDS = ["a1", "a2", "a3", "a4", "a5"];
/** A read that starts now, over these pages. */
async function read(...pages: (readonly Alert[] | Breakdown)[]) {
  world.source.pagesToGive = pages;
  return await syncAlerts(world.deps, tenant);
}

describe("syncAlerts", () => {
  it("takes open alerts of 30 days at first: those from before the link are the baseline, at rest", async () => {
    const outcome = await read([alert("a1", { createdAt: at(-61) })], [alert("a2", { createdAt: at(-1) })]);
    expect(outcome).toMatchObject({ window: { kind: "first", openOnly: true }, added: 2, changed: 0 });
    expect((await known()).map(({ alert: { id }, baseline }) => [id, baseline])).toEqual([
      ["a1", true],
      ["a2", false],
    ]);
    expect(world.jobs).toEqual([{ kind: "settle-alert", tenantId: world.scope.tenantId, alertId: "a2" }]);
    expect(await state()).toMatchObject({ watermark: START, coverage: at(-10), nextSyncAt: at(1), failures: 0 });
  });

  it("reads on from the watermark less ten minutes, and dates the next one by its start", async () => {
    await read([]);
    world.clock.advance(7 * MINUTE);
    expect(await read([alert("a1")], [])).toMatchObject({ window: { kind: "regular" }, added: 1 });
    expect(world.source.asked.at(-1)).toEqual({ changedSince: at(-10), openOnly: false });
    expect(await state()).toMatchObject({ watermark: at(7) });
  });

  it("is complete when the tenant has no alerts at all", async () => {
    expect(await read()).toMatchObject({ added: 0 });
    expect(await state()).toMatchObject({ watermark: START, coverage: at(-10) });
  });

  it("stores an alert once that stands on both sides of a page border, or twice in a page, as its newest copy", async () => {
    const newer = alert("a2", { severity: "high", updatedAt: at(1) });
    const outcome = await read(
      [alert("a1"), alert("a2")],
      [newer, alert("a2"), alert("a3")],
      [alert("a2"), alert("a1")],
    );
    expect(outcome).toMatchObject({ added: 3, changed: 1 });
    const records = await known();
    expect(records.map(({ alert: { id }, revision }) => [id, revision])).toEqual([
      ["a1", 1],
      ["a2", 2],
      ["a3", 1],
    ]);
    expect(records[1]?.alert.severity).toBe("high");
  });

  it("changes nothing when the same pages come again", async () => {
    await read([alert("a1")], [alert("a2")]);
    const before = await known();
    world.jobs.length = 0;
    expect(await read([alert("a1")], [alert("a2")])).toMatchObject({ added: 0, changed: 0 });
    expect(await known()).toEqual(before);
    expect(world.jobs).toEqual([]);
  });

  it.each([0, 1, 2])(
    "keeps watermark and coverage when the read breaks after page %i, and finds the rest later",
    async (good) => {
      const pages = [[alert("a1")], [alert("a2")], [alert("a3")]];
      await expect(read(...pages.slice(0, good), new Breakdown("not-answering", "gone"))).rejects.toBeInstanceOf(
        Breakdown,
      );
      expect(await state()).toMatchObject({ watermark: null, coverage: null });
      await read(...pages);
      expect((await known()).map((item) => item.alert.id)).toEqual(["a1", "a2", "a3"]);
      expect(await state()).toMatchObject({ watermark: START });
    },
  );

  it("stores the watermark with the last page, never before it", async () => {
    const seen: (boolean | number)[][] = [];
    const alerts = {
      ...world.deps.alerts,
      storePage: async (page: Parameters<typeof world.deps.alerts.storePage>[0]) => {
        seen.push([page.records.length, page.sync !== undefined]);
        return await world.stores.alerts.storePage(page);
      },
    };
    world.source.pagesToGive = [[alert("a1")], [alert("a2"), alert("a3")], [alert("a4")]];
    await syncAlerts({ ...world.deps, alerts }, tenant);
    expect(seen).toEqual([
      [1, false],
      [2, false],
      [1, true],
    ]);
  });

  it("merges a page anew when somebody changed one of its alerts meanwhile", async () => {
    await read([alert("a1")]);
    let disturbed = false;
    const alerts = {
      ...world.deps.alerts,
      storePage: async (page: Parameters<typeof world.deps.alerts.storePage>[0]) => {
        if (!disturbed) {
          disturbed = true;
          const now = await world.stores.alerts.get(world.scope, "a1");
          if (now === null) throw new Error("a1 is not there");
          const claim = { by: tenant.linkedBy, at: START, inDefender: false };
          await world.stores.alerts.update({ record: { ...now.value, claim, revision: 2 }, etag: now.etag });
        }
        return await world.stores.alerts.storePage(page);
      },
    };
    world.source.pagesToGive = [[alert("a1", { severity: "high", updatedAt: at(1) })]];
    await syncAlerts({ ...world.deps, alerts }, tenant);
    const [merged] = await known();
    expect(merged).toMatchObject({ revision: 3, claim: { inDefender: false }, alert: { severity: "high" } });
  });

  it("gives up as a retryable breakdown when a page meets a conflict every time", async () => {
    const alerts = { ...world.deps.alerts, storePage: async () => "conflict" as const };
    world.source.pagesToGive = [[alert("a1")]];
    await expect(syncAlerts({ ...world.deps, alerts }, tenant)).rejects.toMatchObject({
      code: "conflict",
      retryable: true,
    });
  });

  it("never moves the watermark back when another read that started later ended first", async () => {
    world.source.pagesToGive = [];
    const late = {
      ...world.source,
      pages: async function* () {
        world.clock.advance(5 * MINUTE);
        await read([alert("a2")]);
        yield { alerts: [alert("a1")] };
      },
    };
    await syncAlerts({ ...world.deps, source: late }, tenant);
    expect(await state()).toMatchObject({ watermark: at(5) });
    expect((await known()).map((item) => item.alert.id)).toEqual(["a1", "a2"]);
  });

  it("reads nothing for a tenant that was removed", async () => {
    const gone = { ...tenant, tenantId: "tenant-gone" };
    expect(await syncAlerts(world.deps, gone)).toBeNull();
    expect(world.source.asked).toEqual([]);
  });
});
