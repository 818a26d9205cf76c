import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe("Journey 1: connect a tenant whose domain is known", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;
  let card: Message;
  let consentUrl: string;
  const older: string[] = [];

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    tenantId = house.world.tenant("A").tenantId;
    const createdAt = new Date(house.now().getTime() - 2 * DAY);
    for (let nth = 1; nth <= 3; nth += 1) {
      older.push(house.world.arrive(tenantId, { title: `Old and open ${nth}`, createdAt, severity: "medium" }));
    }
    house.world.arrive(tenantId, { title: "Old and closed", createdAt, status: "resolved" });
    const begun = await beginConnection(house, admin, {
      organization: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    ({ consentUrl } = begun);
    const message = house.sandbox.teams.messages(admin).find(({ id }) => id === begun.messageId);
    if (message === undefined) throw new Error("There is no consent card.");
    card = message;
  });
  afterAll(() => house.close());

  it("shows a card that says who may use the link, for what, and until when", () => {
    const words = wordsOf(card);
    expect(words).toContain("Connect Contoso Dental");
    expect(words).toContain("Waiting for consent");
    expect(words).toContain("Global Administrator or Privileged Role Administrator");
    expect(words).toContain("27 permissions are asked for");
    expect(words).toContain("contoso-dental.example");
    expect(words).toMatch(/Link ends\n\d\d:\d\d UTC, /);
  });

  it("does not count a look at its page as opened: mail scanners look at links", async () => {
    const page = await newBrowser().open(consentUrl);
    expect(page.html).toContain("Contoso Dental");
    expect(page.html).toContain("Harbor Ridge Security");
    await house.settle();
    expect(wordsOf(card)).toContain("Waiting for consent");
  });

  it("follows the link: opened, granted, and proven within two minutes of the consent", async () => {
    const browser = newBrowser();
    const start = await browser.open(consentUrl);
    const signIn = await browser.follow(start, "go=1");
    await house.settle();
    expect(wordsOf(card)).toMatch(/Opened \d\d:\d\d UTC/);
    const signedIn = await browser.submit(signIn.url, { user: "admin-a" });
    expect(signedIn.html).toContain("Tenant found");
    const prompt = await browser.follow(signedIn, "/adminconsent");
    const result = await browser.submit(prompt.url, { decision: "accept" });
    const consentedAt = house.now().getTime();
    expect(result.html).toContain("Permissions granted");
    expect(result.html).toContain("You can close this page");
    await house.until("the card says connected", () => wordsOf(card).includes("✓ Connected"), 119_000);
    expect(house.now().getTime() - consentedAt).toBeLessThan(120_000);
    const words = wordsOf(card);
    expect(words).toMatch(/Coverage\nproven up to \d\d:\d\d UTC/);
    expect(words).toContain("27 of 27");
    expect(words).toContain("Contoso Dental");
    expect(words).toContain("contoso-dental.example");
    expect(words).toContain("on (default)");
    expect(words).toContain("3 older open alerts");
  });

  it("counts the older alerts, posts none of them and never resolves one by itself", async () => {
    await house.pass(2 * HOUR);
    expect(messagesSaying(house, admin, "Old and ")).toEqual([]);
    for (const id of older) {
      expect(house.world.findAlert(tenantId, id)?.body).toMatchObject({ status: "new", comments: [] });
    }
    expect(house.world.requests.find({ api: "graph", method: "PATCH" })).toEqual([]);
  });

  it("says at the link that it has done its work", async () => {
    const page = await newBrowser().open(consentUrl);
    expect(page.html).toContain("Already connected");
    expect(page.html).not.toContain("go=1");
  });

  it("lets an admin review the older alerts", async () => {
    const turn = await house.sandbox.teams.click(admin, card, "older.review");
    for (const nth of [1, 2, 3]) expect(answerOf(turn)).toContain(`Old and open ${nth}`);
    expect(answerOf(turn)).not.toContain("Old and closed");
  });

  it("resolves all older alerts once an admin confirms, each with a comment that names the admin", async () => {
    card.views.clear();
    const asked = await house.sandbox.teams.click(admin, card, "older.resolveAll");
    expect(answerOf(asked)).toContain("Resolve 3 older alerts?");
    const done = await house.sandbox.teams.click(admin, card, "older.resolveAllConfirmed");
    expect(answerOf(done)).toContain("3 older alerts are being resolved");
    await house.pass(61_000);
    for (const id of older) {
      const body = house.world.findAlert(tenantId, id)?.body;
      expect(body?.status).toBe("resolved");
      expect(body?.comments).toHaveLength(1);
      expect(body?.comments[0]?.comment).toContain(admin.name);
    }
  });

  it("answers `connect tenant` for the same organization with what it is connected to", async () => {
    const asked = await house.sandbox.teams.say(admin, "personal", "connect tenant");
    const [mapping] = asked.replies;
    if (mapping === undefined) throw new Error("No mapping card.");
    expect(wordsOf(mapping)).not.toContain("Contoso Dental");
    await house.sandbox.teams.say(admin, "personal", "contoso  DENTAL");
    expect(messagesSaying(house, admin, "Contoso Dental is connected to Contoso Dental").length).toBe(1);
    expect(await ask(house, admin, "cancel")).toContain("Stopped");
  });

  it("has the connection in the audit log", async () => {
    const words = await ask(house, admin, "audit");
    expect(words).toContain("Tenant link: Contoso Dental");
    expect(words).toContain(admin.name);
    expectCalmEnd(house);
  });
});

describe("Journey 1: connect a tenant without knowing its domain", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse({ rolesLagSeconds: 90 });
    admin = await adminOf(house);
  });
  afterAll(() => house.close());

  const messageOf = (id: string): Message => {
    const message = house.sandbox.teams.messages(admin).find((each) => each.id === id);
    if (message === undefined) throw new Error("The consent card is gone.");
    return message;
  };

  it("asks whether it is the right tenant; a no connects nothing and leaves the link open", async () => {
    const begun = await beginConnection(house, admin, { organization: "Contoso Dental" });
    const page = await walkConsent(newBrowser(), begun.consentUrl, { user: "admin-b" });
    expect(page.html).toContain("is now asked to confirm");
    const card = messageOf(begun.messageId);
    await house.until("the card asks", () => wordsOf(card).includes("Waiting for your confirmation"), 300_000);
    expect(wordsOf(card)).toContain("Fabrikam Logistics");
    expect(wordsOf(card)).toContain("fabrikam.example");
    await house.sandbox.teams.click(admin, card, "consent.reject");
    await house.settle();
    expect(wordsOf(card)).toContain("is not the right tenant");

    const again = await walkConsent(newBrowser(), begun.consentUrl, { user: "privileged-a" });
    expect(again.html).toContain("Permissions granted");
    await house.until("the card asks again", () => wordsOf(card).includes("Waiting for your confirmation"), 300_000);
    expect(await ask(house, admin, "tenants")).not.toContain("✓ Connected");
    expect(wordsOf(card)).toContain("contoso-dental.example");
  });

  it("connects once the requester says yes", async () => {
    const [card] = messagesSaying(house, admin, "Waiting for your confirmation");
    if (card === undefined) throw new Error("Nothing is asked.");
    await house.sandbox.teams.click(admin, card, "consent.confirm");
    try { await house.until("x", () => wordsOf(card).includes("✓ Connected")); } catch (e) { process.stderr.write("FAILED "+wordsOf(card)+JSON.stringify(house.logged.slice(-12))+JSON.stringify(house.sandbox.teams.calls.slice(-8))); throw e; }
    expect(wordsOf(card)).toContain("27 of 27");
    const list = await ask(house, admin, "tenants");
    expect(list).toContain("Contoso Dental");
    expect(list).toContain("✓ Connected");
    expectCalmEnd(house);
  });
});
