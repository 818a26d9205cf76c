import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TokenOverrides } from "../sandbox/teams/bot-tokens.ts";
import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Activity, Conversation, Message, Person } from "../sandbox/teams/teams-types.ts";
import { frameActivity } from "../sandbox/teams/user-activity.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

const SOON = 61_000;

describe("The messaging endpoint against strangers", () => {
  let house: House;
  let admin: Person;
  let chat: Conversation;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    chat = house.sandbox.teams.personalChat(admin);
  });
  afterAll(() => house.close());

  /** What the admin's own client would send; if it were believed, an organization would be added. */
  function activity(id: string, more: Partial<Activity> = {}): Activity {
    const { serviceUrl } = house.sandbox.teams;
    const botAppId = house.world.botApp.appId;
    const frame = { now: house.now(), serviceUrl, botAppId, person: admin, conversation: chat, id };
    return { ...frameActivity("message", frame), text: `add organization Trojan ${id}`, ...more };
  }

  /** Bare: a status, and not a word about why. */
  async function expectRefused(status: number, body: string | Buffer, headers: Record<string, string>): Promise<void> {
    const answer = await house.sandbox.teams.post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).toBeUndefined();
    expect(answer.headers.server).toBeUndefined();
  }
  const json = { "content-type": "application/json; charset=utf-8" };

  it("refuses what has no token, or one that is none", async () => {
    const body = JSON.stringify(activity("none"));
    await expectRefused(401, body, json);
    for (const authorization of ["Bearer", "Bearer abc", "Basic YWJjOmRlZg==", "Bearer a.b.c", "bearer  x.y.z"]) {
      await expectRefused(401, body, { ...json, authorization });
    }
  });

  const hour = Math.floor(Date.now() / 1000) + 3600;
  it.each<[string, TokenOverrides]>([
    ["another key under the known id", { key: "foreign" }],
    ["an unknown key id", { keyId: "somebody-else" }],
    ["no signature", { algorithm: "none" }],
    ["the public key used as a shared secret", { algorithm: "HS256" }],
    ["no end", { claims: { exp: null } }],
    ["an end in the past", { claims: { exp: hour - 7200, nbf: hour - 10_800 } }],
    ["a beginning in the future", { claims: { nbf: hour } }],
    ["another audience", { claims: { aud: "00000000-0000-4000-8000-000000000bad" } }],
    ["no audience", { claims: { aud: null } }],
    ["another issuer", { claims: { iss: "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/" } }],
    ["no issuer", { claims: { iss: null } }],
    ["no service URL", { claims: { serviceurl: null } }],
    ["the service URL of somebody else", { claims: { serviceurl: "https://smba.trafficmanager.net.evil.example/" } }],
  ])("refuses a token with %s", async (what, overrides) => {
    const signed = await house.sandbox.teams.signActivity(activity(what), overrides);
    await expectRefused(401, signed.body, signed.headers);
  });

  it.each<[string, Partial<Activity>]>([
    ["an evil service URL that the token confirms", { serviceUrl: "https://evil.example/emea/" }],
    ["a service URL with a user in it", { serviceUrl: "https://smba.trafficmanager.net@evil.example/" }],
    ["another channel", { channelId: "directline" }],
    ["an account that is not ours", { conversation: { id: "a:1x", tenantId: "00000000-0000-4000-8000-00000000beef" } }],
    ["no account", { conversation: { id: "a:1x" }, channelData: {} }],
  ])("refuses %s", async (what, more) => {
    const signed = await house.sandbox.teams.signActivity(activity(what, more));
    const answer = await house.sandbox.teams.post(signed.body, signed.headers);
    expect([400, 401]).toContain(answer.status);
    expect(answer.body).toBeUndefined();
  });

  it("refuses bodies that are too large, packed, or no activity, with a token as without", async () => {
    const good = await house.sandbox.teams.signActivity(activity("large", { text: "x".repeat(300 * 1024) }));
    await expectRefused(413, good.body, good.headers);
    const packed = gzipSync(JSON.stringify(activity("packed")));
    await expectRefused(415, packed, { ...good.headers, "content-encoding": "gzip" });
    for (const body of ["", "{", "[]", "null", '"text"', JSON.stringify({ type: "message" })]) {
      await expectRefused(400, body, good.headers);
    }
    await expectRefused(401, "{", json);
  });

  it("has stored nothing of all this", async () => {
    expect(await ask(house, admin, "organizations")).not.toContain("Trojan");
    expect(await ask(house, admin, "audit")).not.toContain("Trojan");
  });

  it("takes the same message once, however often Teams sends it", async () => {
    await house.pass(5000);
    const turn = await house.sandbox.teams.say(admin, "personal", "add organization Sent Twice");
    const again = await house.sandbox.teams.resend(turn);
    expect(again.status).toBe(200);
    expect(again.replies).toEqual([]);
    expect(messagesSaying(house, admin, "Sent Twice is added")).toHaveLength(1);
    expect(messagesSaying(house, admin, "in your list already")).toHaveLength(0);
  });

  it("answers an unknown command with what may have been meant, and nothing with silence", async () => {
    await house.pass(5000);
    expect(await ask(house, admin, "tennants")).toContain("Did you mean `tenants`?");
    expect(await ask(house, admin, "conect tenant")).toContain("Did you mean `connect tenant`?");
    expect(await ask(house, admin, "please do something")).toContain("`help` shows what I can do for you");
    for (const odd of [`$${"{env.BOT_APP_PASSWORD}"}`, "x".repeat(5000), "\u202Egnp", "'; drop table links; --"]) {
      await house.pass(5000);
      expect(await ask(house, admin, odd)).not.toBe("");
    }
    expectCalmEnd(house);
  });
});

describe("Clicks and alert text that mean harm", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
  });
  afterAll(() => house.close());

  const newest = (): Message => {
    const message = house.sandbox.teams.messages(admin).at(-1);
    if (message === undefined) throw new Error("No message.");
    return message;
  };

  it("gives a click that Teams sends again, with a new id, the first answer; Defender is asked once", async () => {
    house.world.arrive(tenantId, { template: "ransomware", severity: "high", title: "Clicked twice" });
    await house.pass(SOON);
    const { teams } = house.sandbox;
    const card = newest();
    const first = await teams.click(admin, card, "alert.claim");
    await house.settle();
    const writes = () => house.world.requests.find({ api: "graph", method: "PATCH" }).length;
    const before = writes();
    await house.pass(15_000);
    const repeat = await teams.resend({ ...first, activity: { ...first.activity, id: "1999999999999" } });
    expect(repeat.body).toEqual(first.body);
    expect(writes()).toBe(before);
    expect(before).toBe(1);
  });

  it("answers a click with forged data in a sentence: unknown verb, other tenant, no data", async () => {
    const { teams } = house.sandbox;
    const card = newest();
    const offered = teams.card(card);
    const forge = async (verb: string, data: object) => {
      card.views.set(admin.objectId, { ...offered, actions: [{ type: "Action.Execute", verb, data }] });
      const turn = await teams.click(admin, card, verb);
      card.views.clear();
      await house.pass(3000);
      return turn;
    };
    for (const [verb, data] of [
      ["alert.destroy", {}],
      ["__proto__", {}],
      ["alert.claim", {}],
      ["alert.claim", { tenantId: { $ne: null }, alertId: ["a"] }],
      ["settings.save", { tenantId: "", autoResolve: "maybe" }],
    ] as const) {
      expect((await forge(verb, data)).notice).toContain("older version of the card");
    }
    const foreign = { tenantId: house.world.tenant("B").tenantId, alertId: "da1_1" };
    expect((await forge("alert.claim", foreign)).notice).toContain("no longer knows this alert");
  });

  it("keeps hostile alert text inert: no link, mention, markdown or expression of it comes alive", async () => {
    const before = house.sandbox.teams.messages(admin).length;
    house.world.arrive(tenantId, { template: "hostile" });
    await house.pass(SOON);
    expect(house.sandbox.teams.messages(admin)).toHaveLength(before + 1);
    const message = newest();
    const whole = JSON.stringify(message.base);
    const card = JSON.stringify(house.sandbox.teams.card(message));
    expect(whole.length).toBeLessThan(28_000);
    expect(message.base.entities ?? []).toEqual([]);
    for (const { url } of actionsOf(house.sandbox.teams.card(message))) {
      if (url !== undefined) expect(String(url)).toMatch(/^https:\/\/security\.microsoft\.com\//);
    }
    expect(whole).not.toMatch(/\[[^\]]*\]\(https?:/);
    expect(card).not.toContain("**bold**");
    expect(whole).not.toContain("<at>Everyone");
    expect(whole).not.toMatch(/\$\{/);
    expect(whole).not.toContain("\u202E");
    expect(whole).not.toContain(house.settings.BOT_APP_PASSWORD);
    expect(wordsOf(message)).toContain("High · Contoso Dental");
  });

  it("shows an alert of unknown shape with what is known", async () => {
    const before = house.sandbox.teams.messages(admin).length;
    house.world.arrive(tenantId, { template: "unknownShape" });
    await house.pass(SOON);
    expect(house.sandbox.teams.messages(admin)).toHaveLength(before + 1);
    expect(wordsOf(newest())).toContain("Contoso Dental");
    expect(wordsOf(newest())).toContain("Not auto-resolved");
    expectCalmEnd(house);
  });
});
