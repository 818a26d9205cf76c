import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cardMessage, sampleCard } from "./sample-bot.ts";
import { startTeamsWorld } from "./teams-world.ts";

let world: Awaited<ReturnType<typeof startTeamsWorld>>;
beforeEach(async () => {
  world = await startTeamsWorld();
});
afterEach(() => world.stop());

function channelOfTwo() {
  const alex = world.teams.addPerson({ name: "Alex Admin" });
  const gast = world.teams.addPerson({ name: "Gina Guest", userRole: "guest", tenantId: "other-tenant" });
  const team = world.teams.addTeam({ name: "SOC", members: [alex, gast] });
  const channel = world.teams.addChannel(team, "Defender alerts");
  const activities = `v3/conversations/${encodeURIComponent(channel.id)}/activities`;
  return { alex, gast, channel, activities };
}

describe("the Bot Connector", () => {
  it("answers 501 to an unknown route and notes it; 401 without the bot's token", async () => {
    const { activities } = channelOfTwo();
    expect((await world.bot.call("GET", "v3/attachments/1")).status).toBe(501);
    expect(world.teams.unknownRequests).toEqual(["GET /emea/v3/attachments/1"]);
    expect((await world.bot.call("POST", activities, cardMessage("x"), { authorization: "Bearer x" })).status).toBe(
      401,
    );
  });

  it("opens the same 1:1 chat each time and starts threads in a channel", async () => {
    const { alex, channel } = channelOfTwo();
    const create = { members: [{ id: alex.mri }], tenantId: world.accountTenantId };
    expect(await (await world.bot.call("POST", "v3/conversations", create)).json()).toEqual({
      id: world.teams.personalChat(alex).id,
    });
    const thread = { isGroup: true, channelData: { channel: { id: channel.id } }, activity: cardMessage("Alert") };
    const answer: unknown = await (await world.bot.call("POST", "v3/conversations", thread)).json();
    const [message] = world.teams.messages(channel);
    expect(answer).toEqual({ id: `${channel.id};messageid=${message?.id}`, activityId: message?.id });
    const byMail = { members: [{ id: alex.userPrincipalName }], tenantId: world.accountTenantId };
    expect((await world.bot.call("POST", "v3/conversations", byMail)).status).toBe(400);
  });

  it.each([
    [400, "no type", { text: "x" }],
    [
      400,
      "a card under another content type",
      { type: "message", attachments: [{ contentType: "x/y", content: sampleCard("x") }] },
    ],
    [400, "nothing to show", { type: "message" }],
    [413, "too big counted as UTF-16", { type: "message", text: "x".repeat(52_000) }],
  ])("answers %i to %s", async (status, _name, body) => {
    const { activities } = channelOfTwo();
    expect((await world.bot.call("POST", activities, body)).status).toBe(status);
  });

  it("answers 404 to an unknown conversation and an unknown or deleted activity", async () => {
    const { channel, activities } = channelOfTwo();
    expect((await world.bot.call("POST", "v3/conversations/19:no/activities", cardMessage("x"))).status).toBe(404);
    const absent = await world.bot.call("PUT", `${activities}/1`, cardMessage("x"));
    expect(await absent.json()).toMatchObject({ error: { code: "ActivityNotFoundInConversation" } });
    await world.bot.call("POST", activities, cardMessage("x"));
    const [message] = world.teams.messages(channel);
    expect((await world.bot.call("DELETE", `${activities}/${message?.id}`)).status).toBe(200);
    expect((await world.bot.call("PUT", `${activities}/${message?.id}`, cardMessage("y"))).status).toBe(404);
    expect(world.teams.messages(channel)).toEqual([]);
  });

  it("finds members by each of their ids, tells guests, and pages", async () => {
    const { alex, gast, channel } = channelOfTwo();
    const base = `v3/conversations/${encodeURIComponent(channel.id)}`;
    for (const key of [alex.mri, alex.objectId, alex.userPrincipalName.toUpperCase()]) {
      const found = await world.bot.call("GET", `${base}/members/${encodeURIComponent(key)}`);
      expect(await found.json()).toMatchObject({ aadObjectId: alex.objectId, userRole: "user" });
    }
    expect((await world.bot.call("GET", `${base}/members/nobody`)).status).toBe(404);
    const page = await world.bot.call("GET", `${base}/pagedmembers?pageSize=1`);
    expect(await page.json()).toMatchObject({ members: [{}, { aadObjectId: gast.objectId, userRole: "guest" }] });
  });

  it("takes seven sends a second in one conversation, then says when to come again, and records the breach", async () => {
    const { channel, activities } = channelOfTwo();
    for (let sent = 0; sent < 7; sent += 1) await world.bot.call("POST", activities, cardMessage(`${sent}`));
    const refused = await world.bot.call("POST", activities, cardMessage("8"));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(world.teams.breaches).toMatchObject([{ scope: channel.id, limit: 7, windowSeconds: 1 }]);
    world.clock.advance(1000);
    expect((await world.bot.call("POST", activities, cardMessage("8"))).status).toBe(201);
    expect((await world.bot.call("POST", activities, cardMessage("9"))).status).toBe(429);
  });

  it("counts a tenant's fifty calls a second over all conversations", async () => {
    const chats = Array.from({ length: 51 }, (_, index) => {
      const person = world.teams.addPerson({ name: `Person ${index}` });
      return encodeURIComponent(world.teams.personalChat(person).id);
    });
    const statuses: number[] = [];
    for (const chat of chats) {
      statuses.push((await world.bot.call("POST", `v3/conversations/${chat}/activities`, cardMessage("x"))).status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(50);
    expect(world.teams.breaches).toMatchObject([{ scope: "tenant", limit: 50 }]);
  });
});

describe("faults on demand", () => {
  it("fails the next calls as planned and then works", async () => {
    const { channel, activities } = channelOfTwo();
    world.teams.failNext(channel, { kind: "status", status: 429, retryAfterSeconds: 30 });
    world.teams.failNext(channel, { kind: "status", status: 502 }, 2, "post");
    const statuses: number[] = [];
    for (let sent = 0; sent < 4; sent += 1) {
      statuses.push((await world.bot.call("POST", activities, cardMessage("x"))).status);
    }
    expect(statuses).toEqual([429, 502, 502, 201]);
    expect(world.teams.breaches).toEqual([]);
  });

  it("cuts the connection before or after the message stands", async () => {
    const { channel, activities } = channelOfTwo();
    world.teams.failNext(channel, { kind: "reset" });
    await expect(world.bot.call("POST", activities, cardMessage("lost"))).rejects.toThrow();
    expect(world.teams.messages(channel)).toHaveLength(0);
    world.teams.failNext(channel, { kind: "ambiguous" });
    await expect(world.bot.call("POST", activities, cardMessage("stands"))).rejects.toThrow();
    expect(world.teams.messages(channel)).toHaveLength(1);
    expect(world.teams.calls.map((call) => call.outcome)).toEqual(["cut", "cut"]);
  });

  it("hangs until the sandbox stops", async () => {
    const { channel, activities } = channelOfTwo();
    world.teams.failNext(channel, { kind: "hang" });
    const ended = world.bot.call("POST", activities, cardMessage("x")).then(
      () => "answered",
      () => "cut",
    );
    await world.teams.until(() => world.teams.calls.length === 1, "the hanging call");
    await world.teams.stop();
    expect(await ended).toBe("cut");
  });
});
