import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clickAsColleague, colleagueSection } from "./colleague-chat.ts";
import { sayInLines } from "./lines-form.ts";
import { sampleCard } from "./teams/sample-bot.ts";
import type { JsonObject, Person } from "./teams/teams-types.ts";
import { startTeamsWorld } from "./teams/teams-world.ts";

describe("The people of the demo on the control page", () => {
  let world: Awaited<ReturnType<typeof startTeamsWorld>>;
  let mina: Person;
  let avery: Person;

  beforeAll(async () => {
    world = await startTeamsWorld({ playgroundUrl: "http://127.0.0.1:9" });
    mina = world.teams.addPerson({ name: "Mina Okafor" });
    avery = world.teams.addPerson({ name: "Avery Stone" });
    world.teams.seat({ user: avery, colleague: mina });
  });
  afterAll(() => world.stop());

  async function post(card: JsonObject): Promise<string> {
    const content = { contentType: "application/vnd.microsoft.card.adaptive", content: card };
    const path = `v3/conversations/${encodeURIComponent(world.teams.personalChat(mina).id)}/activities`;
    const answer = await world.bot.call("POST", path, { type: "message", attachments: [content] });
    expect(answer.status).toBe(201);
    return world.teams.messages(mina).at(-1)?.id ?? "";
  }
  const approve = { type: "Action.Execute", title: "Approve", verb: "claim", data: { alert: "a-1" } };
  const asking = (text: string) => ({
    type: "AdaptiveCard",
    version: "1.5",
    body: [{ type: "TextBlock", text, wrap: true }],
    actions: [approve],
  });
  const press = (fields: Record<string, string>) =>
    clickAsColleague(world.teams, new URLSearchParams({ button: "Approve", ...fields }));

  it("have a colleague, whose chat is kept here and shown newest first, with buttons that need nothing typed", async () => {
    await post(asking("Asked <b>first</b>"));
    await post(sampleCard("With a note to type"));
    const html = colleagueSection(world.teams, { colleague: mina });
    expect(html.indexOf("With a note to type")).toBeLessThan(html.indexOf("Asked &lt;b&gt;first&lt;/b&gt;"));
    expect(html.match(/<button/g)).toHaveLength(1);
  });

  it("have a colleague who presses, and the bot hears of it", async () => {
    const message = await post(asking("Asked again"));
    expect(await press({ message })).toEqual({ kind: "shown" });
    expect(world.bot.heard.at(-1)).toMatchObject({ name: "adaptiveCard/action", from: { aadObjectId: mina.objectId } });
    expect(colleagueSection(world.teams, { colleague: mina })).not.toContain("Asked again");
  });

  it("press no other button, and none of another message", async () => {
    const message = await post(asking("Asked a third time"));
    for (const fields of [{ message, button: "Decline" }, { message: "1" }]) {
      expect(await press(fields)).toEqual({ kind: "unknown" });
    }
  });

  it("say several lines as Teams sends them, and nothing where there is nothing", async () => {
    expect(await sayInLines(world.teams, new URLSearchParams({ text: "one\r\ntwo\r\n" }))).toBe(true);
    expect(world.bot.heard.at(-1)).toMatchObject({ text: "one\ntwo", from: { aadObjectId: avery.objectId } });
    expect(await sayInLines(world.teams, new URLSearchParams({ text: " \r\n" }))).toBe(false);
  });
});
