import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject, Person } from "../sandbox/teams/teams-types.ts";
import { seeded } from "../seeded.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { expectCalmEnd, wordsOf } from "./story.ts";

describe("Setting off means never resolved", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
  });
  afterAll(() => house.close());

  async function save(words: string, choices: JsonObject): Promise<void> {
    const { replies } = await house.sandbox.teams.say(admin, "personal", words);
    const card = replies.find((reply) => wordsOf(reply).includes("Settings for"));
    if (card === undefined) throw new Error(`No card for "${words}".`);
    const turn = await house.sandbox.teams.click(admin, card, "settings.save", choices);
    expect(turn.status).toBe(200);
  }

  it.each([1, 2, 3])("with switches thrown at random between and during arrivals (seed %i)", async (seed) => {
    const random = seeded(seed);
    const level = { account: true, tenant: null as boolean | null };
    const offSpans: { from: number; to: number }[] = [];
    let offFrom: number | null = null;
    const sent = () => house.world.requests.entries.length;
    await save("settings", { autoResolve: "on" });
    await save("settings contoso", { autoResolve: "inherit" });
    let arrived = 0;
    for (let step = 0; step < 24; step += 1) {
      if (random() < 0.7) {
        house.world.storm(tenantId, 1 + Math.floor(random() * 3), { template: "eicar", severity: "medium" });
        arrived += 1;
      }
      const running = random() < 0.6 ? house.pass(20_000 + random() * 50_000) : Promise.resolve();
      if (random() < 0.6) {
        const next = { ...level };
        if (random() < 0.5) next.account = random() < 0.5;
        else next.tenant = random() < 0.34 ? null : random() < 0.5;
        const on = next.tenant ?? next.account;
        // From the answer to "off" until "on" is asked for, nothing may be resolved.
        if (on && offFrom !== null) {
          offSpans.push({ from: offFrom, to: sent() });
          offFrom = null;
        }
        if (next.account !== level.account) await save("settings", { autoResolve: next.account ? "on" : "off" });
        if (next.tenant !== level.tenant)
          await save("settings contoso", {
            autoResolve: next.tenant === null ? "inherit" : next.tenant ? "on" : "off",
          });
        Object.assign(level, next);
        if (!on) offFrom ??= sent();
      }
      await running;
      await house.pass(4000);
    }
    if (offFrom !== null) offSpans.push({ from: offFrom, to: sent() });
    const whileOff = offSpans.flatMap(({ from, to }) =>
      house.world.requests.entries
        .slice(from, to)
        .filter(({ method, body }) => method === "PATCH" && body.includes("resolved")),
    );
    expect(whileOff).toEqual([]);
    expect(offSpans.length).toBeGreaterThan(0);
    expect(arrived).toBeGreaterThan(5);
    expect(house.world.requests.find({ method: "PATCH", path: /alerts_v2/ }).length).toBeGreaterThan(0);
  });

  it("ends calm", () => {
    expectCalmEnd(house);
  });
});
