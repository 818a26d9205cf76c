import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cardMessage } from "./sample-bot.ts";
import { startTeamsWorld } from "./teams-world.ts";
import { textOf } from "./text-of-card.ts";

let world: Awaited<ReturnType<typeof startTeamsWorld>>;
beforeEach(async () => {
  world = await startTeamsWorld();
});
afterEach(() => world.stop());

function people() {
  const alex = world.teams.addPerson({ name: "Alex Admin" });
  const megan = world.teams.addPerson({ name: "Megan Bowen" });
  const team = world.teams.addTeam({ name: "SOC", members: [alex, megan] });
  return { alex, megan, team, channel: world.teams.addChannel(team, "Defender alerts") };
}

describe("what people do in Teams", () => {
  it("tells the bot a personal message with Teams' fields and collects the replies", async () => {
    const { alex } = people();
    const turn = await world.teams.say(alex, "personal", "help");
    expect(turn.status).toBe(200);
    expect(turn.replies.map((reply) => textOf(world.teams.card(reply)))).toEqual(["You said: help\nNote\nClaim"]);
    expect(world.bot.heard[0]).toMatchObject({
      channelId: "msteams",
      from: { id: alex.mri, aadObjectId: alex.objectId },
      conversation: { conversationType: "personal", tenantId: world.accountTenantId },
      recipient: { id: `28:${world.botAppId}` },
      channelData: { tenant: { id: world.accountTenantId } },
      serviceUrl: world.teams.serviceUrl,
    });
  });

  it("delivers a channel post only with a mention, in a thread of its own", async () => {
    const { alex, megan, team, channel } = people();
    const unheard = await world.teams.say(alex, channel, "just talking", { mention: false });
    const turn = await world.teams.say(alex, channel, "grant analyst @Megan Bowen", { mentionPeople: [megan] });
    expect(unheard.delivered).toBe(false);
    expect(world.bot.heard).toHaveLength(1);
    expect(turn.activity.text).toBe("<at>Watchdesk</at> grant analyst <at>Megan Bowen</at>");
    expect(turn.activity.entities).toContainEqual({
      type: "mention",
      mentioned: { id: megan.mri, name: "Megan Bowen" },
      text: "<at>Megan Bowen</at>",
    });
    expect(turn.activity.channelData).toMatchObject({ team: { id: team.id }, channel: { id: channel.id } });
    expect(turn.replies[0]?.threadId).toBe(`${channel.id};messageid=${turn.activity.id}`);
  });

  it("shows the answer to a click to the clicker alone until the message is edited", async () => {
    const { alex, megan, channel } = people();
    const [message] = (await world.teams.say(alex, channel, "show")).replies;
    if (message === undefined) throw new Error("no reply");
    const turn = await world.teams.click(alex, message, "claim", { note: "mine" });
    expect(turn.activity).toMatchObject({
      name: "adaptiveCard/action",
      replyToId: message.id,
      value: { action: { verb: "claim", data: { alert: "a-1", note: "mine" } }, trigger: "manual" },
    });
    expect(textOf(world.teams.card(message, alex))).toContain("Claimed");
    expect(textOf(world.teams.card(message, megan))).toContain("You said");
    const path = `v3/conversations/${encodeURIComponent(message.threadId)}/activities/${message.id}`;
    await world.bot.call("PUT", path, cardMessage("Taken by Alex"));
    expect(textOf(world.teams.card(message, alex))).toContain("Taken by Alex");
    expect(message.history).toHaveLength(1);
  });

  it("sends the fallback of an older client as a message with a value, and refuses an action the card lacks", async () => {
    const { alex } = people();
    const [message] = (await world.teams.say(alex, "personal", "show")).replies;
    if (message === undefined) throw new Error("no reply");
    const turn = await world.teams.submit(alex, message, "Claim", { note: "old" });
    expect(turn.activity).toMatchObject({ value: { verb: "claim", alert: "a-1", note: "old" }, replyToId: message.id });
    await expect(world.teams.click(alex, message, "isolate")).rejects.toThrow("It offers: claim");
  });

  it("installs and uninstalls with both activities; afterwards writes are blocked in the whole team", async () => {
    const { alex, team, channel } = people();
    await world.teams.install(alex, channel);
    await world.teams.uninstall(alex, team.general);
    expect(world.bot.heard.map((activity) => activity.type)).toEqual([
      "conversationUpdate",
      "installationUpdate",
      "conversationUpdate",
      "installationUpdate",
    ]);
    const path = `v3/conversations/${encodeURIComponent(channel.id)}/activities`;
    const refused = await world.bot.call("POST", path, cardMessage("hello"));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ errorCode: 209 });
  });

  it("sends an activity again as it was", async () => {
    const { alex } = people();
    const turn = await world.teams.say(alex, "personal", "once");
    await world.teams.resend(turn);
    expect(world.bot.heard[1]).toEqual(world.bot.heard[0]);
  });
});

describe("signed activities", () => {
  it("reuses one token for about an hour and accepts it", async () => {
    const { alex } = people();
    const turn = await world.teams.say(alex, "personal", "one");
    const first = await world.teams.signActivity(turn.activity);
    world.clock.advance(50 * 60_000);
    const second = await world.teams.signActivity(turn.activity);
    world.clock.advance(10 * 60_000);
    const third = await world.teams.signActivity(turn.activity);
    expect(second.headers.authorization).toBe(first.headers.authorization);
    expect(third.headers.authorization).not.toBe(first.headers.authorization);
    expect((await world.teams.post(third.body, third.headers)).status).toBe(200);
  });

  it.each([
    ["a foreign key", { key: "foreign" as const }],
    ["alg none", { algorithm: "none" as const }],
    ["HS256 over the public key", { algorithm: "HS256" as const }],
    ["no exp", { claims: { exp: null } }],
    ["expired", { claims: { exp: 1_000_000_000 } }],
    ["another issuer", { claims: { iss: "https://sts.windows.net/x/" } }],
    ["another audience", { claims: { aud: "other" } }],
    ["another service URL", { claims: { serviceurl: "https://evil.example/" } }],
  ])("makes a token with %s, which a careful bot refuses", async (_name, overrides) => {
    const { alex } = people();
    const turn = await world.teams.say(alex, "personal", "good");
    const signed = await world.teams.signActivity(turn.activity, overrides);
    expect((await world.teams.post(signed.body, signed.headers)).status).toBe(401);
    expect(world.bot.heard).toHaveLength(1);
  });
});
