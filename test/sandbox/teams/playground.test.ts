import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completeActivity, startGateway } from "./gateway.ts";
import { type LoopbackHost, startLoopbackHost } from "./loopback-host.ts";
import { type Playground, startPlayground } from "./playground.ts";
import { cardMessage } from "./sample-bot.ts";
import { isObject, type JsonObject } from "./teams-types.ts";
import { startTeamsWorld } from "./teams-world.ts";

let world: Awaited<ReturnType<typeof startTeamsWorld>>;
let playground: Playground;
let gateway: LoopbackHost;
let configDirectory: string;
let setting: Awaited<ReturnType<typeof furnish>>;

async function freePort(): Promise<number> {
  const host = await startLoopbackHost(async () => ({ status: 501 }));
  await host.stop();
  return Number(new URL(host.url).port);
}

async function furnish() {
  const names = ["Alex Admin", "Megan Bowen", "Adele Vance", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins"];
  const people = names.map((name) => world.teams.addPerson({ name }));
  const [alex, megan] = people;
  if (alex === undefined || megan === undefined) throw new Error("no people");
  const team = world.teams.addTeam({ name: "SOC", members: people });
  const chat = world.teams.addGroupChat("SOC chat", people);
  return { people, alex, megan, team, chat, channel: world.teams.addChannel(team, "Defender alerts") };
}

beforeAll(async () => {
  const port = await freePort();
  world = await startTeamsWorld({ playgroundUrl: `http://127.0.0.1:${port}` });
  setting = await furnish();
  const { people, alex, team, channel, chat } = setting;
  const { accountTenantId, botAppId, teams } = world;
  gateway = await startGateway({ teams, botUrl: world.bot.url, accountTenantId, botAppId, people });
  configDirectory = await mkdtemp(join(tmpdir(), "playground-"));
  playground = await startPlayground({
    gatewayUrl: gateway.url,
    port,
    configDirectory,
    people,
    team: {
      id: team.id,
      aadGroupId: team.aadGroupId,
      name: team.name,
      channel: { id: channel.id, name: channel.name },
    },
    personalChatId: teams.personalChat(alex).id,
    groupChat: { id: chat.id, name: chat.name },
    accountTenantId,
    botAppId,
  });
});

afterAll(async () => {
  await playground.stop();
  await gateway.stop();
  await world.stop();
  await rm(configDirectory, { recursive: true, force: true });
});

async function jsonOf(answer: Promise<Response>): Promise<JsonObject> {
  const body: unknown = await (await answer).json();
  return isObject(body) ? body : {};
}

describe("the Agents Playground behind the gateway", () => {
  it("reaches the bot with a signed, completed activity, and the bot's answer reaches it", async () => {
    const { alex } = setting;
    const conversation = { id: world.teams.personalChat(alex).id };
    const activity = { type: "message", id: "m-1", text: "help", from: { id: alex.mri }, conversation };
    await fetch(`${playground.url}/_internal/v1/customActivities`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(activity),
    });
    await world.teams.until(() => world.teams.calls.some((call) => call.operation === "post"), "the bot's answer");
    expect(world.bot.heard.find((heard) => heard.id === "m-1")).toMatchObject({
      serviceUrl: world.teams.serviceUrl,
      from: { id: alex.mri, aadObjectId: alex.objectId },
      conversation: { conversationType: "personal", tenantId: world.accountTenantId },
      channelData: { tenant: { id: world.accountTenantId } },
    });
    expect(world.teams.calls.find((call) => call.operation === "post")?.outcome).toBe(201);
  });

  it("takes a proactive thread and its edit, and says so of a message it does not have", async () => {
    const { channel } = setting;
    const create = { isGroup: true, channelData: { channel: { id: channel.id } }, activity: cardMessage("Alert") };
    const thread = await jsonOf(world.bot.call("POST", "v3/conversations", create));
    expect(thread.id).toBe(`${channel.id};messageid=${String(thread.activityId)}`);
    const activities = `v3/conversations/${encodeURIComponent(String(thread.id))}/activities`;
    const edit = await world.bot.call("PUT", `${activities}/${String(thread.activityId)}`, cardMessage("Claimed"));
    expect(edit.status).toBe(200);
    const absent = await world.bot.call("PUT", `${activities}/1`, cardMessage("x"));
    expect([absent.status, await absent.json()]).toMatchObject([
      404,
      { error: { code: "ActivityNotFoundInConversation" } },
    ]);
    expect((await world.bot.call("DELETE", `${activities}/${String(thread.activityId)}`)).status).toBe(200);
  });

  it("opens the admin's own chat and finds members by object id and sign-in name", async () => {
    const { alex, megan, channel } = setting;
    const create = { members: [{ id: alex.mri }], tenantId: world.accountTenantId };
    expect(await jsonOf(world.bot.call("POST", "v3/conversations", create))).toEqual({
      id: world.teams.personalChat(alex).id,
    });
    for (const key of [megan.objectId, megan.userPrincipalName, megan.mri]) {
      const path = `v3/conversations/${encodeURIComponent(channel.id)}/members/${encodeURIComponent(key)}`;
      const found = await jsonOf(world.bot.call("GET", path));
      expect(found).toMatchObject({ aadObjectId: megan.objectId, tenantId: world.accountTenantId, userRole: "user" });
    }
  });

  it("ends when it is told to", async () => {
    await playground.stop();
    await expect(fetch(playground.url)).rejects.toThrow();
  });
});

describe("completing an activity", () => {
  it("adds the trigger of a card action and keeps what stands there", () => {
    const { people, megan } = setting;
    const { accountTenantId, botAppId, teams } = world;
    const value = { action: { verb: "claim" } };
    const activity = { type: "invoke", name: "adaptiveCard/action", value, from: { id: megan.mri, name: "M" } };
    const completed = completeActivity(activity, { teams, accountTenantId, botAppId, people });
    expect(completed.value).toEqual({ action: { verb: "claim" }, trigger: "manual" });
    expect(completed.from).toEqual({ id: megan.mri, name: "M", aadObjectId: megan.objectId });
  });
});
