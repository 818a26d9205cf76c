import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Conversation, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying } from "./story.ts";

const MINUTE = 60_000;
/** Twice as much as Teams' window of 30 seconds takes, and more where the store is quick. */
const ALERTS = process.env.WATCHDESK_TEST_STORE === "cosmos" ? 120 : 300;

describe("A storm of alerts in one channel", () => {
  let house: House;
  let admin: Person;
  let channel: Conversation;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    channel = teams.addTeam({ name: "SOC", members: [admin] }).general;
    await teams.install(admin, channel);
    await teams.say(admin, channel, "post alerts here");
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    await house.pass(MINUTE);
  });
  afterAll(() => house.close());

  const cards = () => messagesSaying(house, channel, "Storm number ").length;

  it("is posted within Teams' windows, completely, each alert once", async () => {
    const titles = Array.from({ length: ALERTS }, (_, nth) => `Storm number ${String(nth).padStart(3, "0")}.`);
    // Held while the threat is active, so that the storm is one of cards alone.
    for (const title of titles) house.world.arrive(tenantId, { template: "ransomware", severity: "high", title });
    await house.pass(MINUTE);
    for (let step = 0; step < 200 && cards() < ALERTS; step += 1) await house.pass(2200);
    await house.pass(MINUTE);
    await house.pass(MINUTE);
    const said = house.sandbox.teams.messages(channel).map((message) => JSON.stringify(message.base));
    const counts = titles.map((title) => said.filter((words) => words.includes(`"${title}"`)).length);
    expect(counts.filter((count) => count !== 1)).toEqual([]);
    expectCalmEnd(house);
  }, 120_000);

  it("does not keep people from being answered, in the channel as in 1:1", async () => {
    for (let nth = 0; nth < 80; nth += 1) {
      house.world.arrive(tenantId, { template: "ransomware", severity: "high", title: `Second storm ${nth}.` });
    }
    await house.pass(MINUTE);
    for (let step = 0; step < 6; step += 1) {
      await house.pass(2200);
      expect(await ask(house, admin, "tenants")).toContain("Contoso Dental");
      expect(answerOf(await house.sandbox.teams.say(admin, channel, "help"))).toContain("What I can do for you");
    }
    expectCalmEnd(house);
  }, 60_000);
});
