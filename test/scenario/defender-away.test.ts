import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import type { FaultPlan } from "../sandbox/world/faults.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const SOON = 61_000;

describe("Defender is away when an alert is to be resolved", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  const arrive = (title: string) => house.world.arrive(tenantId, { template: "eicar", severity: "medium", title });
  const inDefender = (id: string) => house.world.findAlert(tenantId, id)?.body;
  const failing = (method: "PATCH" | "POST", fault: FaultPlan["fault"], more: Partial<FaultPlan> = {}) =>
    house.world.fault({ api: "graph", tenantId, method, path: /alerts_v2\/./, fault, ...more });

  /** The alert is resolved with exactly one comment, and its one card says so. */
  function expectDone(id: string, title: string): void {
    expect(inDefender(id)?.status).toBe("resolved");
    expect(inDefender(id)?.comments).toHaveLength(1);
    expect(wordsOf(oneSaying(house, admin, title))).toContain("Auto-resolved and commented");
  }

  it.each([
    ["503", { kind: "status", status: 503 }],
    ["500", { kind: "status", status: 500 }],
    ["429", { kind: "status", status: 429, retryAfterSeconds: 20 }],
    ["a page of HTML", { kind: "html" }],
    ["a broken connection", { kind: "reset" }],
  ] as const)(
    "the change is answered with %s: card within a minute, pending; edited when done",
    async (what, fault) => {
      const end = failing("PATCH", fault);
      const title = `During ${what}`;
      const id = arrive(title);
      await house.pass(SOON);
      const card = oneSaying(house, admin, title);
      expect(wordsOf(card)).toMatch(/Auto-resolve pending: .+, next try \d\d:\d\d/);
      expect(inDefender(id)?.status).toBe("new");
      await house.pass(10 * MINUTE);
      expect(messagesSaying(house, admin, title)).toHaveLength(1);
      end();
      await house.pass(2 * 60 * MINUTE);
      expectDone(id, title);
      expect(card.history.length).toBeGreaterThan(0);
      expect(await ask(house, admin, `why ${id}`)).toContain("failed:");
    },
  );

  it("the change hangs: the card does not wait for it longer than a minute", async () => {
    const end = failing("PATCH", { kind: "timeout" });
    const title = "While it hangs";
    const id = arrive(title);
    const started = house.now().getTime();
    await house.pass(SOON);
    await house.settle();
    // Read after a minute at most, and waited for ten seconds.
    expect(house.now().getTime() - started).toBeLessThan(SOON + 15_000);
    expect(wordsOf(oneSaying(house, admin, title))).toContain("Auto-resolve pending: Defender is not answering");
    end();
    await house.pass(10 * MINUTE);
    expectDone(id, title);
  }, 60_000);

  it.each([
    ["lost", { kind: "reset" }],
    ["a 503", { kind: "status", status: 503 }],
    ["cut short", { kind: "truncated" }],
  ] as const)("the comment is written, but its answer is %s: it is not written again", async (what, fault) => {
    const title = `Comment answered ${what}`;
    failing("POST", fault, { afterWork: true, times: 1 });
    const id = arrive(title);
    await house.pass(SOON);
    expect(inDefender(id)?.comments).toHaveLength(1);
    await house.pass(10 * MINUTE);
    expectDone(id, title);
    await house.pass(60 * MINUTE);
    expectDone(id, title);
  });

  it("the change is made, but its answer is lost: one comment, and the card says whose work it was", async () => {
    const title = "Change answered with silence";
    failing("PATCH", { kind: "reset" }, { afterWork: true, times: 1 });
    const id = arrive(title);
    await house.pass(SOON);
    await house.pass(10 * MINUTE);
    expectDone(id, title);
    expect(wordsOf(oneSaying(house, admin, title))).not.toContain("in the Defender portal");
  });

  it("the comment fails for an hour: resolved at once, commented once when Defender takes it", async () => {
    const title = "No comment for an hour";
    const end = failing("POST", { kind: "status", status: 503 });
    const id = arrive(title);
    await house.pass(SOON);
    expect(inDefender(id)).toMatchObject({ status: "resolved", comments: [] });
    expect(wordsOf(oneSaying(house, admin, title))).toContain("Auto-resolve pending at its comment");
    await house.pass(60 * MINUTE);
    end();
    await house.pass(60 * MINUTE);
    expectDone(id, title);
  });

  it("switched off while it is pending: it is not resolved when Defender comes back", async () => {
    const title = "Off before it came back";
    const end = failing("PATCH", { kind: "status", status: 503 });
    const id = arrive(title);
    await house.pass(SOON);
    const [card] = (await house.sandbox.teams.say(admin, "personal", "settings")).replies;
    if (card === undefined) throw new Error("No settings card.");
    await house.sandbox.teams.click(admin, card, "settings.save", { autoResolve: "off" });
    end();
    await house.pass(60 * MINUTE);
    expect(inDefender(id)).toMatchObject({ status: "new", comments: [] });
    expect(wordsOf(oneSaying(house, admin, title))).toContain("Not auto-resolved: off for the account");
  });

  it("claimed while it is pending: the person keeps it", async () => {
    const title = "Claimed before it came back";
    const end = failing("PATCH", { kind: "status", status: 503 });
    const id = arrive(title);
    await house.pass(SOON);
    const card = oneSaying(house, admin, title);
    await house.sandbox.teams.click(admin, card, "alert.claim");
    end();
    await house.pass(60 * MINUTE);
    expect(inDefender(id)?.status).not.toBe("resolved");
    expect(wordsOf(card)).toContain(`Claimed by ${admin.name}`);
  });
});
