import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe("Journey 1: a connection that is not to be", () => {
  let house: House;
  let admin: Person;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  async function begin(organization: string, domain?: string): Promise<{ card: Message; consentUrl: string }> {
    const begun = await beginConnection(house, admin, {
      organization,
      ...(domain === undefined ? {} : { domain }),
    });
    const card = house.sandbox.teams.messages(admin).find(({ id }) => id === begun.messageId);
    if (card === undefined) throw new Error("There is no consent card.");
    return { card, consentUrl: begun.consentUrl };
  }

  /** Nothing is linked: said by the console, and by Graph, which nobody reads alerts from. */
  async function expectNothingLinked(): Promise<void> {
    await house.pass(11 * MINUTE);
    expect(await ask(house, admin, "tenants")).not.toContain("✓ Connected");
    expect(house.world.requests.find({ path: /alerts_v2/ })).toEqual([]);
  }

  it("declined at Microsoft: said on page and card, and the link can be opened again until it succeeds", async () => {
    const { card, consentUrl } = await begin("Contoso Dental", "contoso-dental.example");
    const page = await walkConsent(newBrowser(), consentUrl, { user: "admin-a", decision: "cancel" });
    expect(page.html).toContain("The permissions were declined at Microsoft");
    await house.settle();
    expect(wordsOf(card)).toContain("✕ Declined");
    await expectNothingLinked();
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("connected after all", () => wordsOf(card).includes("✓ Connected"));
  });

  it("sign-in cancelled: said on page and card", async () => {
    const { card, consentUrl } = await begin("Contoso Dental");
    const page = await walkConsent(newBrowser(), consentUrl, { user: "cancel" });
    expect(page.html).toContain("The sign-in at Microsoft was cancelled");
    await house.settle();
    expect(wordsOf(card)).toContain("The sign-in at Microsoft was cancelled");
    await expectNothingLinked();
  });

  it("an ordinary user, or a guest who is an administrator at home: neither may consent", async () => {
    for (const [user, sentence] of [
      ["user-a", "neither Global Administrator nor Privileged Role Administrator"],
      ["guest-a", "A guest of the tenant signed in"],
    ] as const) {
      const { card, consentUrl } = await begin(`Contoso of ${user}`);
      const page = await walkConsent(newBrowser(), consentUrl, { user });
      expect(page.status).toBe(403);
      expect(page.html).toContain(sentence);
      expect(page.html).not.toContain("/adminconsent");
      await house.until("the card says so", () => wordsOf(card).includes("✕ Not an administrator"));
      expect(wordsOf(card)).toContain(sentence);
    }
    await expectNothingLinked();
  });

  it("an ordinary user of a tenant that consented before gains nothing by it", async () => {
    house.world.consent(house.world.tenant("A").tenantId);
    const { card, consentUrl } = await begin("Contoso Dental");
    await walkConsent(newBrowser(), consentUrl, { user: "user-a" });
    await house.settle();
    expect(wordsOf(card)).toContain("✕ Not an administrator");
    await expectNothingLinked();
  });

  it("another tenant than the typed domain's, signed in to past Microsoft's own check", async () => {
    const { card, consentUrl } = await begin("Contoso Dental", "contoso-dental.example");
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(consentUrl), "go=1");
    const anywhere = signIn.url.replace(house.world.tenant("A").tenantId, "organizations");
    expect(anywhere).not.toBe(signIn.url);
    const page = await browser.submit(anywhere, { user: "admin-b" });
    expect(page.status).toBe(403);
    expect(page.html).toContain("another tenant than that of contoso-dental.example");
    await house.settle();
    expect(wordsOf(card)).toContain("✕ Wrong tenant");
    expect(wordsOf(card)).toContain("Nothing was changed");
    await expectNothingLinked();
  });

  it("no Defender for Endpoint: Microsoft does not come back, and after 10 minutes the card says so", async () => {
    const { card, consentUrl } = await begin("Tailspin Toys", "tailspin.example");
    const page = await walkConsent(newBrowser(), consentUrl, { user: "admin-d" });
    expect(page.html).toContain("AADSTS650052");
    await house.pass(9 * MINUTE);
    expect(wordsOf(card)).not.toContain("no answer from Microsoft");
    await house.pass(2 * MINUTE);
    expect(wordsOf(card)).toMatch(/Opened \d\d:\d\d UTC, no answer from Microsoft/);
    expect(wordsOf(card)).toContain("AADSTS650052");
    const edits = card.history.length;
    await house.pass(60 * MINUTE);
    expect(card.history.length).toBe(edits);
  });

  it("a tenant that is connected to another organization: said in chat by its domain, and after the sign-in", async () => {
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    const asked = await house.sandbox.teams.say(admin, "personal", "connect tenant");
    const [mapping] = asked.replies;
    if (mapping === undefined) throw new Error("No mapping card.");
    const inputs = { newOrganization: "Contoso Two", domain: "contoso-dental.example" };
    await house.sandbox.teams.click(admin, mapping, "connect.map", inputs);
    expect(wordsOf(mapping, admin)).toContain("The tenant of that domain is connected to Contoso Dental already");

    const { card, consentUrl } = await begin("Contoso Three");
    const page = await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    expect(page.html).toContain("already connected to another organization");
    expect(page.html).not.toContain("Contoso Dental");
    await house.until("the card says so", () => wordsOf(card).includes("already connected to another organization"));
    expect((await ask(house, admin, "tenants")).match(/✓ Connected/g)).toHaveLength(1);
  });

  it("a link that has ended: said on page and card, and a new 7 days on request", async () => {
    const { card, consentUrl } = await begin("Contoso Dental", "contoso-dental.example");
    const browser = newBrowser();
    const late = await browser.follow(await browser.open(consentUrl), "go=1");
    await house.pass(7 * DAY + MINUTE);
    expect(wordsOf(card)).toContain("✕ Link ended");
    const page = await newBrowser().open(consentUrl);
    expect(page.status).toBe(410);
    expect(page.html).toContain("This link has ended");
    expect((await browser.submit(late.url, { user: "admin-a" })).status).toBe(400);
    await expectNothingLinked();
    await house.sandbox.teams.click(admin, card, "consent.renew");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("connected after all", () => wordsOf(card).includes("✓ Connected"));
  });

  it("a domain that Microsoft does not know: asked again with what was typed", async () => {
    const asked = await house.sandbox.teams.say(admin, "personal", "connect tenant");
    const [mapping] = asked.replies;
    if (mapping === undefined) throw new Error("No mapping card.");
    const inputs = { newOrganization: "Contoso Dental", domain: "contoso-dentist.example" };
    await house.sandbox.teams.click(admin, mapping, "connect.map", inputs);
    expect(wordsOf(mapping, admin)).toContain("Microsoft knows no tenant with the domain contoso-dentist.example");
    await house.sandbox.teams.click(admin, mapping, "connect.map", { domain: "contoso-dental.example" });
    expect(messagesSaying(house, admin, "Waiting for consent")).toHaveLength(1);
  });
});
