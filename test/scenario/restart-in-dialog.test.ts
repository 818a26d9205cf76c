import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { actionsOf } from "../sandbox/teams/card-actions.ts";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

describe("A restart in the middle of a dialog", () => {
  let house: House;
  let admin: Person;
  let mapping: Message;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    expect(await ask(house, admin, "add organization Fabrikam Logistics")).toContain("is added");
    const asked = await house.sandbox.teams.say(admin, "personal", "connect tenant");
    [mapping] = asked.replies as [Message];
    expect(wordsOf(mapping)).toContain("Fabrikam Logistics");
    await house.restart();
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  it("goes on with the click on the card from before, through to the connection", async () => {
    await house.sandbox.teams.click(admin, mapping, "connect.map", {
      newOrganization: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    await house.restart();
    const card = house.sandbox.teams.card(mapping);
    const link = actionsOf(card).find(({ url }) => String(url).includes("/consent/start"));
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(String(link?.url)), "go=1");
    await house.restart();
    const signedIn = await browser.submit(signIn.url, { user: "admin-a" });
    await house.restart();
    const prompt = await browser.follow(signedIn, "/adminconsent");
    const result = await browser.submit(prompt.url, { decision: "accept" });
    expect(result.html).toContain("Permissions granted");
    await house.restart();
    await house.until("connected", () => wordsOf(mapping).includes("✓ Connected"));
  });

  it("takes the answer typed instead of clicked", async () => {
    await house.sandbox.teams.say(admin, "personal", "Fabrikam logistics");
    const [card] = messagesSaying(house, admin, "Connect Fabrikam Logistics");
    expect(card && wordsOf(card)).toContain("Waiting for consent");
    const link = actionsOf(card && house.sandbox.teams.card(card)).find(({ url }) => String(url).includes("/consent/"));
    await walkConsent(newBrowser(), String(link?.url), { user: "admin-b" });
    await house.until("asked", () => messagesSaying(house, admin, "Waiting for your confirmation").length === 1);
  });

  it("stops at `cancel`, and says when there is nothing to stop", async () => {
    expect(await ask(house, admin, "cancel")).toContain("Stopped. Nothing was changed.");
    await house.restart();
    expect(await ask(house, admin, "cancel")).toContain("There is nothing to stop.");
    expect(await ask(house, admin, "tenants")).toContain("No tenant is connected yet");
  });

  it("stops at the card's own Cancel", async () => {
    const turn = await house.sandbox.teams.click(admin, mapping, "connect.cancel");
    expect(answerOf(turn)).toContain("Nothing was connected");
    expect(await ask(house, admin, "cancel")).toContain("There is nothing to stop.");
  });

  it("answers another command in between, and the card can still be used after it", async () => {
    expect(await ask(house, admin, "organizations")).toContain("Fabrikam Logistics");
    await house.restart();
    await house.sandbox.teams.click(admin, mapping, "connect.map", { newOrganization: "Contoso Dental" });
    expect(wordsOf(mapping)).toContain("Connect Contoso Dental");
  });

  it("keeps roles, bindings and settings", async () => {
    const team = house.sandbox.teams.addTeam({ name: "SOC", members: [admin] });
    await house.sandbox.teams.install(admin, team.general);
    await house.sandbox.teams.say(admin, team.general, "post alerts here");
    await house.restart();
    expect(await ask(house, admin, "channels")).toContain("SOC");
  });

  it("is waited for by a click that an older client sends as Action.Submit", async () => {
    await house.sandbox.teams.submit(admin, mapping, (action) => JSON.stringify(action).includes("connect.map"), {
      newOrganization: "Contoso Dental",
    });
    expect(wordsOf(mapping)).toContain("Connect Contoso Dental");
  });
});
