import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import type { FaultPlan } from "../sandbox/world/faults.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const SOON = 61_000;
const MINUTE = 60_000;
const CUSTOMERS = [
  ["Contoso Dental", "A"],
  ["Fabrikam Logistics", "B"],
  ["Northwind Legal", "C"],
] as const;

async function openConnectedHouse() {
  const house = await openHouse();
  const admin = await adminOf(house);
  const ids = { A: "", B: "", C: "" };
  for (const [organization, key] of CUSTOMERS) {
    ids[key] = (await connectTenant(house, admin, { organization, key })).tenantId;
  }
  await house.pass(MINUTE);
  return { house, admin, ids };
}

describe("Journey 4: the tenants console", () => {
  let house: House;
  let admin: Person;
  let ids: { A: string; B: string; C: string };

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
  });
  afterAll(() => house.close());

  it("says how to connect the first while there is none", async () => {
    expect(await ask(house, admin, "tenants")).toContain("No tenant is connected yet");
  });

  it("lists each tenant with state, last sync, coverage and open alerts, and connections under way", async () => {
    ids = { A: "", B: "", C: "" };
    for (const [organization, key] of CUSTOMERS) {
      ids[key] = (await connectTenant(house, admin, { organization, key })).tenantId;
    }
    house.world.arrive(ids.B, { template: "ransomware", severity: "high" });
    await house.pass(SOON);
    await beginConnection(house, admin, { organization: "Woodgrove Bank" });
    const words = await ask(house, admin, "tenants");
    expect(words).toMatch(/3 connected · ○\s1 waiting for consent/);
    for (const [organization] of CUSTOMERS) expect(words).toContain(organization);
    expect(words.match(/Last synced: \d\d:\d\d UTC/g)).toHaveLength(3);
    expect(words.match(/Coverage: proven up to \d\d:\d\d UTC/g)).toHaveLength(3);
    expect(words.match(/Open alerts: 0/g)).toHaveLength(2);
    expect(words.match(/Open alerts: 1/g)).toHaveLength(1);
  });

  it("filters by words of organization, tenant or domain", async () => {
    const words = await ask(house, admin, "tenants northwind");
    expect(words).toContain("Northwind Legal");
    expect(words).not.toContain("Contoso Dental");
    expect(await ask(house, admin, "tenants fabrikam.example")).toContain("Fabrikam Logistics");
    expect(await ask(house, admin, "tenants zebra")).toContain("No tenant matches “zebra”");
  });

  it("opens a tenant's own card: Sync now reads it at once, Settings shows its settings", async () => {
    const [list] = (await house.sandbox.teams.say(admin, "personal", "tenants contoso")).replies as [Message];
    await house.sandbox.teams.click(admin, list, "tenant.open");
    expect(wordsOf(list, admin)).toContain("tenant id aaaa1111");
    const title = "Read at once";
    house.world.arrive(ids.A, { template: "eicar", title });
    const reading = await house.sandbox.teams.click(admin, list, "tenant.sync");
    expect(answerOf(reading)).toContain("Reading its alerts now");
    await house.settle();
    expect(messagesSaying(house, admin, title)).toHaveLength(1);
    const settings = await house.sandbox.teams.click(admin, list, "settings.open");
    expect(answerOf(settings)).toContain("Settings for Contoso Dental");
  });

  it("pauses a tenant: nothing of it is read until it is resumed, then what came meanwhile is found", async () => {
    const [list] = (await house.sandbox.teams.say(admin, "personal", "tenants contoso")).replies as [Message];
    await house.sandbox.teams.click(admin, list, "tenant.open");
    const paused = await house.sandbox.teams.click(admin, list, "tenant.pause");
    expect(answerOf(paused)).toContain("Paused: its alerts are not read until somebody resumes it.");
    const reads = house.world.requests.find({ tenantId: ids.A }).length;
    house.world.arrive(ids.A, { template: "eicar", title: "While it was paused" });
    await house.pass(10 * MINUTE);
    expect(house.world.requests.find({ tenantId: ids.A })).toHaveLength(reads);
    expect(await ask(house, admin, "tenants contoso")).toContain("Paused");

    const resumed = await house.sandbox.teams.click(admin, list, "tenant.resume");
    expect(answerOf(resumed)).toContain("Resumed: its alerts are read now.");
    await house.settle();
    await house.pass(SOON);
    expect(messagesSaying(house, admin, "While it was paused")).toHaveLength(1);
    expect(await ask(house, admin, "tenants contoso")).toContain("✓ Connected");
    expect(await ask(house, admin, "audit tenant.pause")).toContain("pause");
  });

  it("removes a tenant after a question; clicks on its cards are answered with a sentence", async () => {
    const [list] = (await house.sandbox.teams.say(admin, "personal", "tenants contoso")).replies as [Message];
    const alertCard = oneSaying(house, admin, "Read at once");
    const before = house.sandbox.teams.card(alertCard);
    const listed = house.sandbox.teams.card(list);
    await house.sandbox.teams.click(admin, list, "tenant.open");
    const asked = await house.sandbox.teams.click(admin, list, "tenant.remove");
    expect(answerOf(asked)).toContain("Remove Contoso Dental's tenant?");
    const removed = await house.sandbox.teams.click(admin, list, "tenant.removeConfirmed");
    expect(answerOf(removed)).toContain("Contoso Dental's tenant is removed");
    expect(await ask(house, admin, "tenants")).not.toContain("Contoso Dental");

    const reads = house.world.requests.find({ tenantId: ids.A }).length;
    await house.pass(5 * MINUTE);
    expect(house.world.requests.find({ tenantId: ids.A })).toHaveLength(reads);
    alertCard.views.set(admin.objectId, before);
    const clicked = await house.sandbox.teams.click(admin, alertCard, "alert.reopen");
    expect(clicked.notice).toContain("tenant was removed by");
    list.views.set(admin.objectId, listed);
    const opened = await house.sandbox.teams.click(admin, list, "tenant.open");
    expect(opened.notice).toContain("tenant was removed by");
    expect(house.world.findAlert(ids.A, "x")).toBeUndefined();
  });

  it("connects a removed tenant again, without what was known of it before", async () => {
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    expect(await ask(house, admin, "settings contoso")).toContain("Inherit (now on)");
    expectCalmEnd(house);
  });
});

const FAULTS: [string, FaultPlan["fault"], string, string?][] = [
  // A fresh token was given all the same: the check at once says more exactly what it is.
  ["401", { kind: "status", status: 401 }, "△ Permissions missing", "is not being watched"],
  ["403", { kind: "status", status: 403 }, "△ Permissions missing", "lacks permissions"],
  ["404", { kind: "status", status: 404 }, "△ Not answering"],
  ["500", { kind: "status", status: 500 }, "△ Not answering"],
  ["503 with Retry-After", { kind: "status", status: 503, retryAfterSeconds: 30 }, "△ Not answering"],
  ["a page of HTML with status 200", { kind: "html" }, "△ Not answering"],
  ["truncated JSON", { kind: "truncated" }, "△ Not answering"],
  ["a broken connection", { kind: "reset" }, "△ Not answering"],
];

describe("Journey 4: a tenant that stops being covered", () => {
  let house: House;
  let admin: Person;
  let ids: { A: string; B: string; C: string };

  beforeAll(async () => {
    ({ house, admin, ids } = await openConnectedHouse());
  });
  afterEach(async () => {
    house.world.faults.clear();
    // Longer than an hour, so that no fault is another's flapping.
    await house.pass(70 * MINUTE);
    await house.pass(SOON);
  });
  afterAll(() => house.close());

  it.each(FAULTS)(
    "Graph answers %s: told once two intervals are lost, others go on, nothing is lost",
    async (what, fault, state, told = "is not proven read since") => {
      const end = house.world.fault({ api: "graph", tenantId: ids.B, path: /alerts_v2/, fault });
      const lost = house.world.arrive(ids.B, { template: "eicar", title: `During ${what} at B` });
      house.world.arrive(ids.C, { template: "eicar", title: `During ${what} at C` });
      const notices = () => messagesSaying(house, admin, `Fabrikam Logistics ${told}`).length;
      const before = notices();
      for (let passes = 0; passes < 6; passes += 1) await house.pass(SOON);
      expect(notices()).toBe(before + 1);
      expect(messagesSaying(house, admin, `During ${what} at C`)).toHaveLength(1);
      const words = await ask(house, admin, "tenants fabrikam");
      expect(words).toContain(state);
      expect(words).toMatch(/Open alerts: unknown \(\d at \d\d:\d\d UTC/);

      const again = messagesSaying(house, admin, "Fabrikam Logistics is being watched again").length;
      end();
      await house.pass(20 * MINUTE);
      await house.pass(SOON);
      expect(messagesSaying(house, admin, `During ${what} at B`)).toHaveLength(1);
      expect(house.world.findAlert(ids.B, lost)?.body.status).toBe("resolved");
      expect(await ask(house, admin, "tenants fabrikam")).toContain("✓ Connected");
      expect(messagesSaying(house, admin, "Fabrikam Logistics is being watched again")).toHaveLength(again + 1);
    },
  );

  it("throttled: waits as long as Graph asks, keeps its state, and finds what came meanwhile", async () => {
    const end = house.world.fault({
      api: "graph",
      tenantId: ids.B,
      path: /alerts_v2/,
      fault: { kind: "status", status: 429, retryAfterSeconds: 300 },
    });
    house.world.arrive(ids.B, { template: "eicar", title: "While throttled" });
    await house.pass(SOON);
    const asked = house.world.requests.find({ tenantId: ids.B }).length;
    await house.pass(4 * MINUTE);
    expect(house.world.requests.find({ tenantId: ids.B })).toHaveLength(asked);
    const words = await ask(house, admin, "tenants fabrikam");
    expect(words).toContain("△ Connected, not proven read");
    expect(words).toMatch(/Open alerts: unknown \(\d at \d\d:\d\d UTC/);
    end();
    await house.pass(2 * MINUTE);
    expect(messagesSaying(house, admin, "While throttled")).toHaveLength(1);
    expect(await ask(house, admin, "tenants fabrikam")).toContain("✓ Connected");
  });

  it("silent: a tenant that never answers delays no other", async () => {
    const end = house.world.fault({ api: "graph", tenantId: ids.B, path: /alerts_v2/, fault: { kind: "timeout" } });
    house.world.arrive(ids.C, { template: "eicar", title: "Beside the silent one" });
    const settled = house.pass(SOON);
    await house.sandbox.teams.until(
      () => messagesSaying(house, admin, "Beside the silent one").length === 1,
      "the neighbour's card while the silent tenant is still waited for",
    );
    await settled;
    expect(await ask(house, admin, "tenants fabrikam")).toContain("△ Not answering");
    end();
    await house.pass(20 * MINUTE);
    expect(await ask(house, admin, "tenants fabrikam")).toContain("✓ Connected");
  }, 60_000);

  it("from a missing permission to no consent at all: that it stops is told though it was in trouble before", async () => {
    const told = (words: string) => messagesSaying(house, admin, `Fabrikam Logistics ${words}`).length;
    const before = [told("lacks permissions"), told("is not proven read since")];
    house.world.removeRole(ids.B, "Machine.ReadWrite.All", { resource: "defender" });
    const [card] = (await house.sandbox.teams.say(admin, "personal", "tenants fabrikam")).replies as [Message];
    await house.sandbox.teams.click(admin, card, "tenant.open");
    await house.sandbox.teams.click(admin, card, "tenant.check");
    await house.pass(SOON);
    expect(told("lacks permissions")).toBe((before[0] ?? 0) + 1);
    house.world.revokeConsent(ids.B);
    for (let minutes = 0; minutes < 4; minutes += 1) await house.pass(SOON);
    expect(told("is not proven read since")).toBe((before[1] ?? 0) + 1);
    house.world.consent(ids.B);
  });

  it("consent revoked by the customer, and given again", async () => {
    house.world.revokeConsent(ids.B);
    await house.pass(SOON);
    await house.pass(SOON);
    expect(await ask(house, admin, "tenants fabrikam")).toContain("✕ Consent revoked");
    house.world.arrive(ids.B, { template: "eicar", title: "While revoked" });
    house.world.consent(ids.B);
    await house.pass(20 * MINUTE);
    expect(await ask(house, admin, "tenants fabrikam")).toContain("✓ Connected");
    expect(messagesSaying(house, admin, "While revoked")).toHaveLength(1);
    expectCalmEnd(house);
  });
});
