import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying } from "./story.ts";

const MINUTE = 60_000;

describe("No alert is lost, and none is shown twice", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    const [card] = (await house.sandbox.teams.say(admin, "personal", "settings")).replies;
    if (card === undefined) throw new Error("No settings card.");
    // Off, so that these stories are about reading alone.
    await house.sandbox.teams.click(admin, card, "settings.save", { autoResolve: "off" });
    await house.pass(MINUTE);
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  const numbered = (nth: number) => `Alert number ${String(nth).padStart(4, "0")}.`;
  /** How many cards each of the numbered alerts has. */
  function cardCounts(count: number): number[] {
    return Array.from({ length: count }, (_, nth) => messagesSaying(house, admin, numbered(nth)).length);
  }
  const once = (count: number) => Array.from({ length: count }, () => 1);

  /** Lets the cards come, as fast as Teams takes them. */
  async function letCardsCome(count: number): Promise<void> {
    const all = () => messagesSaying(house, admin, "Alert number ").length >= count;
    for (let step = 0; step < 120 && !all(); step += 1) await house.pass(2500);
    await house.pass(MINUTE);
    await house.pass(MINUTE);
  }

  it("alerts that Graph shows 5 to 60 minutes late are found within the hour", async () => {
    const start = house.now().getTime();
    const lateness = [5, 9, 11, 15, 30, 45, 59, 60];
    lateness.forEach((minutes, nth) => {
      const createdAt = new Date(start + nth * 1000);
      const visibleAt = new Date(createdAt.getTime() + minutes * MINUTE);
      house.world.arrive(tenantId, { template: "eicar", title: numbered(nth), createdAt, visibleAt });
    });
    const seenAfter = new Map<number, number>();
    for (let minute = 1; minute <= 125; minute += 1) {
      await house.pass(MINUTE);
      lateness.forEach((late, nth) => {
        if (seenAfter.has(nth) || messagesSaying(house, admin, numbered(nth)).length === 0) return;
        seenAfter.set(nth, minute - late);
      });
    }
    expect(cardCounts(lateness.length)).toEqual(once(lateness.length));
    expect([...seenAfter.values()].every((minutes) => minutes <= 61)).toBe(true);
    expect(seenAfter.get(0)).toBeLessThanOrEqual(2);
  });

  it("130 alerts of one and the same instant, over a page's border, are all found", async () => {
    const createdAt = new Date(house.now().getTime() - 1000);
    for (let nth = 0; nth < 130; nth += 1) {
      house.world.arrive(tenantId, { template: "eicar", title: numbered(nth), createdAt });
    }
    await house.pass(MINUTE);
    expect(house.world.requests.find({ path: /skip=100/ }).length).toBeGreaterThan(0);
    await letCardsCome(130);
    expect(cardCounts(130)).toEqual(once(130));
    expect(await ask(house, admin, "tenants")).toContain("Open alerts: 130");
  });

  it("alerts in any order of creation and change, read again and again, have one card each", async () => {
    const now = house.now().getTime();
    for (let nth = 0; nth < 60; nth += 1) {
      const createdAt = new Date(now - ((nth * 37) % 60) * 5000);
      const lastUpdateAt = new Date(createdAt.getTime() + ((nth * 17) % 7) * 1000);
      house.world.arrive(tenantId, { template: "eicar", title: numbered(nth), createdAt, lastUpdateAt });
    }
    for (let minute = 0; minute < 65; minute += 1) await house.pass(MINUTE);
    expect(cardCounts(60).filter((count) => count > 1)).toEqual([]);
    // Those from before the connection are counted, not posted; the others have come.
    expect(messagesSaying(house, admin, "Alert number ").length).toBeGreaterThan(5);
  });

  it("a restart while the second page hangs: all are found, none twice, and the stop is quick", async () => {
    const createdAt = new Date(house.now().getTime() - 1000);
    for (let nth = 0; nth < 130; nth += 1) {
      house.world.arrive(tenantId, { template: "eicar", title: numbered(nth), createdAt });
    }
    const secondPage = () => house.world.requests.find({ path: /skip=100/ }).length;
    house.world.fault({ api: "graph", tenantId, path: /skip=100/, fault: { kind: "timeout" } });
    const reading = house.pass(MINUTE);
    await house.sandbox.teams.until(() => secondPage() === 1, "the second page is asked for");
    const stopping = Date.now();
    await house.restart();
    await reading;
    expect(Date.now() - stopping).toBeLessThan(11_000);
    const words = await ask(house, admin, "tenants");
    expect(words).not.toContain("Open alerts: 130");
    house.world.faults.clear();
    await house.pass(11 * MINUTE);
    await letCardsCome(130);
    expect(cardCounts(130)).toEqual(once(130));
    expect(await ask(house, admin, "tenants")).toContain("Open alerts: 130");
  }, 60_000);
});
