import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TeamsFault } from "../sandbox/teams/teams-faults.ts";
import type { Conversation, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const SOON = 61_000;

describe("Teams fails while cards are shown", () => {
  let house: House;
  let admin: Person;
  let channel: Conversation;
  let tenantId: string;
  const expectedErrors: string[] = [];

  beforeEach(async () => {
    expectedErrors.length = 0;
    house = await openHouse();
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    channel = teams.addTeam({ name: "SOC", members: [admin] }).general;
    await teams.install(admin, channel);
    await teams.say(admin, channel, "post alerts here");
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    await house.pass(MINUTE);
  });
  afterEach(async () => {
    expectCalmEnd(house, expectedErrors);
    await house.close();
  });

  const fail = (fault: TeamsFault, times: number, on: "create" | "update") =>
    house.sandbox.teams.failNext(channel, fault, times, on);
  const arrive = (title: string, more = {}) =>
    house.world.arrive(tenantId, { template: "eicar", severity: "medium", title, ...more });
  const calls = (operation: string) => house.sandbox.teams.calls.filter((call) => call.operation === operation);

  it.each<[string, TeamsFault, number]>([
    ["429 three times", { kind: "status", status: 429, retryAfterSeconds: 5 }, 3],
    ["500 once", { kind: "status", status: 500 }, 1],
    ["412 once", { kind: "status", status: 412 }, 1],
    ["a broken connection once", { kind: "reset" }, 1],
  ])("a post is answered with %s: one card, no more", async (what, fault, times) => {
    fail(fault, times, "create");
    arrive(`Through ${what}`);
    await house.pass(SOON);
    for (let step = 0; step < 10; step += 1) await house.pass(20_000);
    expect(wordsOf(oneSaying(house, channel, `Through ${what}`))).toContain("Auto-resolved and commented");
  });

  it.each<[string, TeamsFault]>([
    ["500", { kind: "status", status: 500 }],
    ["503", { kind: "status", status: 503 }],
    ["a broken connection", { kind: "reset" }],
  ])("posts are answered with %s for a minute: the card comes after all", async (what, fault) => {
    fail(fault, 3, "create");
    arrive(`Away with ${what}`);
    for (let step = 0; step < 30; step += 1) await house.pass(MINUTE);
    for (let hour = 0; hour < 4; hour += 1) await house.pass(HOUR + MINUTE);
    expect(messagesSaying(house, channel, `Away with ${what}`)).toHaveLength(1);
  });

  it("a post is made but its answer is lost: at most one more, and the one that is known stays true", async () => {
    fail({ kind: "ambiguous" }, 1, "create");
    const id = arrive("Posted in silence", { template: "ransomware" });
    await house.pass(SOON);
    for (let step = 0; step < 10; step += 1) await house.pass(20_000);
    expect(messagesSaying(house, channel, "Posted in silence")).toHaveLength(2);
    house.world.resolveInPortal(tenantId, id, "dana@contosodental.example");
    await house.pass(SOON);
    const [first, second] = messagesSaying(house, channel, "Posted in silence");
    expect(second && wordsOf(second)).toContain("Resolved in the Defender portal");
    if (first === undefined) throw new Error("The first card is gone.");
    await house.sandbox.teams.click(admin, first, "alert.claim");
    await house.settle();
    expect(second && wordsOf(second)).toContain(`Claimed by ${admin.name}`);
  });

  it.each<[string, TeamsFault, number]>([
    ["429", { kind: "status", status: 429, retryAfterSeconds: 7 }, 2],
    ["500", { kind: "status", status: 500 }, 3],
    ["a broken connection", { kind: "reset" }, 3],
    ["silence after the work", { kind: "ambiguous" }, 3],
  ])("an edit is answered with %s: the same card shows the truth soon", async (what, fault, times) => {
    const title = `Edit through ${what}`;
    const id = arrive(title, { template: "ransomware" });
    await house.pass(SOON);
    fail(fault, times, "update");
    house.world.resolveInPortal(tenantId, id, "dana@contosodental.example");
    await house.pass(SOON);
    for (let step = 0; step < 10; step += 1) await house.pass(20_000);
    expect(wordsOf(oneSaying(house, channel, title))).toContain("Resolved in the Defender portal");
  });

  it("the bot is blocked in the channel: nothing is lost, said in `channels`, and posted when it is let in again", async () => {
    expectedErrors.push("A bound conversation refuses posts.");
    channel.state = "blocked";
    arrive("While blocked");
    await house.pass(SOON);
    expect(await ask(house, admin, "channels")).toContain("removed or blocked");
    const tried = calls("create").length;
    await house.pass(30 * MINUTE);
    expect(calls("create").length).toBeLessThanOrEqual(tried + 1);
    channel.state = "open";
    await house.sandbox.teams.say(admin, channel, "post alerts here");
    await house.pass(HOUR);
    await house.pass(MINUTE);
    expect(messagesSaying(house, channel, "While blocked")).toHaveLength(1);
    expect(await ask(house, admin, "channels")).not.toContain("removed or blocked");
  });

  it("the channel is deleted: alerts are kept, and go where they are bound next", async () => {
    expectedErrors.push("A bound conversation refuses posts.");
    channel.state = "gone";
    arrive("After the channel");
    await house.pass(SOON);
    expect(await ask(house, admin, "channels")).toContain("no longer knows this channel");
    const next = house.sandbox.teams.addTeam({ name: "SOC two", members: [admin] }).general;
    await house.sandbox.teams.install(admin, next);
    await house.sandbox.teams.say(admin, next, "post alerts here");
    await house.pass(HOUR + MINUTE);
    await house.pass(MINUTE);
    expect(messagesSaying(house, next, "After the channel")).toHaveLength(1);
  });

  it("somebody deletes a card: a change of its alert shows it again, once", async () => {
    const id = arrive("Deleted by hand", { template: "ransomware" });
    await house.pass(SOON);
    oneSaying(house, channel, "Deleted by hand").deleted = true;
    house.world.resolveInPortal(tenantId, id, "dana@contosodental.example");
    await house.pass(SOON);
    await house.pass(MINUTE);
    expect(wordsOf(oneSaying(house, channel, "Deleted by hand"))).toContain("Resolved in the Defender portal");
  });

  it("Teams is silent: a reply and a card wait for ten seconds at most, and the card comes", async () => {
    fail({ kind: "hang" }, 1, "create");
    arrive("Through silence");
    const began = Date.now();
    await house.pass(SOON);
    expect(Date.now() - began).toBeLessThan(14_000);
    await house.pass(20_000);
    expect(messagesSaying(house, channel, "Through silence")).toHaveLength(1);
  }, 30_000);
});
