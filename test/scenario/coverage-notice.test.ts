import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { seedTenants } from "./seed-tenants.ts";
import { ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNPROVEN = "Contoso Dental is not proven read since";
const BACK = "Contoso Dental is being watched again";

describe("A tenant that is not proven read", () => {
  let house: House;
  let admin: Person;
  let channel: Conversation;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    const { teams } = house.sandbox;
    channel = teams.addTeam({ name: "SOC", members: [admin] }).general;
    await teams.install(admin, channel);
    await teams.say(admin, channel, "post admin notices here");
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  /** Minute by minute, as time passes for a bot that runs. */
  const minutes = async (count: number) => {
    for (let passed = 0; passed < count; passed += 1) await house.pass(MINUTE);
  };
  const notices = (words: string) => messagesSaying(house, channel, words).length;
  /** Its alerts cannot be read; the check of its permissions, which asks for one, passes. */
  const throttled = (tenantId: string) =>
    house.world.fault({
      api: "graph",
      tenantId,
      path: /alerts_v2\?(?!\$top=1$)/,
      fault: { kind: "status", status: 429, retryAfterSeconds: 30 },
    });

  it("throttled for ever: told once with what it means, unknown and not 0, and told once when it is read again", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await minutes(4);
    const end = throttled(tenantId);
    await minutes(1);
    expect(notices("Contoso Dental")).toBe(0);
    await minutes(3);
    expect(notices(UNPROVEN)).toBe(1);
    const words = wordsOf(oneSaying(house, channel, UNPROVEN));
    expect(words).toContain("Its reads do not complete: Microsoft asks Watchdesk to wait");
    expect(words).toContain("its alerts may be missing here; it is shown as unknown, not as quiet");
    await minutes(90);
    expect(notices("Contoso Dental")).toBe(1);

    const console = await ask(house, admin, "tenants");
    expect(console).toContain("△ Connected, not proven read");
    expect(console).toMatch(/Open alerts: unknown \(\d at \d\d:\d\d UTC/);
    expect(console).toMatch(/Coverage: proven up to \d\d:\d\d UTC, \d+ \w+, not since/);
    expect(console).toContain("△\u00A01 tenant is not proven read up to now");
    expect(await ask(house, admin, "alerts high last 1h")).toContain("but 1 tenant is not proven read");
    expect(await ask(house, admin, "alerts contoso high last 1h")).toContain(
      "but Contoso Dental is not proven read since",
    );

    end();
    await minutes(15);
    expect(notices(BACK)).toBe(1);
    expect(await ask(house, admin, "tenants")).toContain("✓ Connected");
    expect(await ask(house, admin, "alerts high last 1m")).toContain(
      "No alert matches, and every tenant is proven read.",
    );
    await minutes(30);
    expect(notices("Contoso Dental")).toBe(2);
    expect(messagesSaying(house, admin, "goes on trying and tells when")).toEqual([]);
  });

  it("whose first read does not complete: told once, counted from its connection", async () => {
    await minutes(5);
    const { tenantId } = house.world.tenant("A");
    const end = throttled(tenantId);
    const connecting = connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await expect(connecting).rejects.toThrow("this did not come about");
    await minutes(3);
    expect(notices("Contoso Dental is not proven read since it was connected")).toBe(1);
    expect(await ask(house, admin, "tenants")).toContain("Open alerts: unknown\n");
    end();
    await minutes(15);
    expect(notices(BACK)).toBe(1);
  });

  it("whose consent is revoked in mid-sync: unknown within two intervals, told exactly once, over a restart too", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await minutes(4);
    house.world.revokeConsent(tenantId, "refused");
    await minutes(2);
    expect(notices("Contoso Dental is not being watched")).toBe(1);
    expect(await ask(house, admin, "tenants")).toMatch(/✕ Consent revoked\nOpen alerts: unknown/);
    await minutes(20);
    await house.restart();
    await minutes(20);
    expect(notices("Contoso Dental")).toBe(1);
    house.world.consent(tenantId);
    await minutes(20);
    expect(notices(BACK)).toBe(1);
    expect(notices("Contoso Dental")).toBe(2);
  });

  it("is told when Teams takes the notice at last, and not again after a restart", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    await minutes(4);
    const end = throttled(tenantId);
    house.sandbox.teams.failNext(channel, { kind: "status", status: 403 }, 3, "create");
    await minutes(7);
    expect(notices(UNPROVEN)).toBe(0);
    expect(house.logged.filter(({ sentence }) => sentence === "An admin notice was not shown.").length).toBeGreaterThan(
      1,
    );
    await minutes(5);
    expect(notices(UNPROVEN)).toBe(1);
    await house.restart();
    await minutes(20);
    expect(notices("Contoso Dental")).toBe(1);
    end();
    await house.restart();
    await minutes(15);
    expect(notices(BACK)).toBe(1);
  });

  it("with 150 tenants because Graph is down: one notice that counts, not told again after a long stop, and few when it is over", async () => {
    await seedTenants(house, admin, 150);
    await minutes(3);
    const fault = { kind: "status", status: 503, retryAfterSeconds: 30 } as const;
    const end = house.world.fault({ api: "graph", tenantId: "*", path: /alerts_v2/, fault });
    await minutes(9);
    const told = oneSaying(house, channel, "150 tenants are not proven read");
    expect(wordsOf(told)).toMatch(
      /Customer \d+, Customer \d+, Customer \d+, Customer \d+, Customer \d+ and 145 more\./,
    );
    expect(await ask(house, admin, "tenants not answering")).toContain("150 not answering");
    expect(
      house.sandbox.teams.messages(channel).filter((message) => wordsOf(message).includes("Customer")),
    ).toHaveLength(1);

    await house.restart();
    await house.pass(10 * HOUR);
    end();
    await minutes(16);
    const back = messagesSaying(house, channel, "being watched again");
    expect(back.length).toBeLessThanOrEqual(2);
    expect(messagesSaying(house, channel, "not proven read")).toHaveLength(1);
    expect(await ask(house, admin, "tenants")).not.toContain("not proven read");
  }, 60_000);

  it("after a long stop of ours none is told before it had its chance, then those alone that fail", async () => {
    await seedTenants(house, admin, 60);
    await minutes(4);
    await house.stopBot();
    await house.pass(10 * HOUR);
    const end = throttled("eeee5555-0000-4000-8000-000000000007");
    await house.restart();
    await minutes(12);
    expect(notices("Customer 7 is not proven read since")).toBe(1);
    expect(notices("not proven read")).toBe(1);
    end();
  });
});
