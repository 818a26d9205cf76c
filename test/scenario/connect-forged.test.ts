import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, type Page, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const OTHER_ACCOUNT = "7a7a7a7a-0000-4000-8000-00000000abcd";
const OTHER_ADMIN = "7b7b7b7b-0000-4000-8000-00000000abcd";

describe("Journey 1 under attack", () => {
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

  const callback = (query: Record<string, string>) =>
    `${house.publicUrl}/consent/callback?${new URLSearchParams(query)}`;
  const stateIn = (page: Page) => /state=([\w-]{20,})/.exec(page.html)?.[1] ?? "no state on the page";

  async function expectNothingLinked(): Promise<void> {
    await house.pass(11 * MINUTE);
    expect(await ask(house, admin, "tenants")).not.toContain("✓ Connected");
    expect(house.world.requests.find({ path: /alerts_v2/ })).toEqual([]);
  }

  /** As far as the page that leads on to Microsoft's consent prompt. */
  async function signedIn(consentUrl: string, user: string) {
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(consentUrl), "go=1");
    return { browser, signIn, page: await browser.submit(signIn.url, { user }) };
  }

  it("a consent answer that names another tenant, which had consented before, links neither", async () => {
    const victim = house.world.tenant("B").tenantId;
    house.world.consent(victim);
    const { consentUrl } = await beginConnection(house, admin, { organization: "Contoso Dental" });
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    const answer = await browser.open(callback({ tenant: victim, state: stateIn(page), admin_consent: "True" }));
    expect(answer.status).toBe(400);
    await expectNothingLinked();
  });

  it("a consent answer without any sign-in, with an invented state, changes nothing", async () => {
    const victim = house.world.tenant("B").tenantId;
    house.world.consent(victim);
    const { consentUrl } = await beginConnection(house, admin, { organization: "Contoso Dental" });
    const link = new URL(consentUrl).searchParams.get("link") ?? "";
    for (const state of ["A".repeat(43), link]) {
      const answer = await newBrowser().open(callback({ tenant: victim, state, admin_consent: "True" }));
      expect(answer.status).toBe(400);
      expect(answer.html).toContain("Nothing was changed");
    }
    await expectNothingLinked();
  });

  it("an answer that says yes, before Microsoft was asked, is not believed: no role in the token, no link", async () => {
    const { tenantId } = house.world.tenant("A");
    const { consentUrl } = await beginConnection(house, admin, {
      organization: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    await browser.open(callback({ tenant: tenantId, state: stateIn(page), admin_consent: "True" }));
    await expectNothingLinked();
  });

  it("the answer in another browser, without the cookie, is refused and uses the state up", async () => {
    const { tenantId } = house.world.tenant("A");
    const { consentUrl } = await beginConnection(house, admin, {
      organization: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    house.world.consent(tenantId);
    const address = callback({ tenant: tenantId, state: stateIn(page), admin_consent: "True" });
    expect((await newBrowser().open(address)).status).toBe(400);
    expect((await browser.open(address)).status).toBe(400);
    await expectNothingLinked();
  });

  it("a sign-in begun by one browser cannot be ended by another", async () => {
    const { consentUrl } = await beginConnection(house, admin, { organization: "Contoso Dental" });
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(consentUrl), "go=1");
    const page = await newBrowser().submit(signIn.url, { user: "admin-a" });
    expect(page.status).toBe(400);
    expect(page.html).not.toContain("/adminconsent");
    await expectNothingLinked();
  });

  it("answers are good once: played again, they say that they were used, and nothing happens twice", async () => {
    const { messageId, consentUrl } = await beginConnection(house, admin, {
      organization: "Contoso Dental",
      domain: "contoso-dental.example",
    });
    const { browser, page: proved } = await signedIn(consentUrl, "admin-a");
    expect((await browser.open(proved.url)).status).toBe(400);
    const prompt = await browser.follow(proved, "/adminconsent");
    const granted = await browser.submit(prompt.url, { decision: "accept" });
    expect(granted.status).toBe(200);
    expect((await browser.open(granted.url)).status).toBe(400);
    const card = house.sandbox.teams.messages(admin).find(({ id }) => id === messageId) as Message;
    await house.until("connected", () => wordsOf(card).includes("✓ Connected"));
    expect((await browser.open(granted.url)).status).toBe(400);
    await house.pass(MINUTE);
    expect((await ask(house, admin, "tenants")).match(/✓ Connected/g)).toHaveLength(1);
  });

  it("a cancelled journey's link and answers lead nowhere", async () => {
    const { messageId, consentUrl } = await beginConnection(house, admin, { organization: "Contoso Dental" });
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    const prompt = await browser.follow(page, "/adminconsent");
    const card = house.sandbox.teams.messages(admin).find(({ id }) => id === messageId) as Message;
    await house.sandbox.teams.click(admin, card, "consent.cancel");
    expect((await browser.submit(prompt.url, { decision: "accept" })).status).toBe(400);
    await house.settle();
    expect(wordsOf(card)).toContain("✕ Cancelled");
    expect((await newBrowser().open(consentUrl)).status).toBe(410);
    await expectNothingLinked();
  });
});

describe("Journey 1 with two accounts", () => {
  it("a tenant that another account has connected stays theirs, and nothing about them is told", async () => {
    const mine = "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001";
    const house = await openHouse({
      settings: {
        ACCOUNTS: `${mine}=Harbor Ridge Security,${OTHER_ACCOUNT}=Cedar Watch`,
        ACCOUNT_ADMINS: `9f0c1b7e-51f4-4f0a-8a43-1d2c00000001,${OTHER_ADMIN}`,
      },
    });
    try {
      const admin = await adminOf(house);
      const { teams } = house.sandbox;
      const rival = teams.addPerson({ name: "Robin Vale", objectId: OTHER_ADMIN, tenantId: OTHER_ACCOUNT });
      await teams.install(rival);
      await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });

      const { messageId, consentUrl } = await beginConnection(house, rival, { organization: "My Dentist" });
      const page = await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
      await house.settle();
      const card = teams.messages(rival).find(({ id }) => id === messageId) as Message;
      for (const words of [page.html, wordsOf(card)]) {
        expect(words).toContain("already connected elsewhere");
        expect(words).not.toContain("Harbor Ridge");
        expect(words).not.toContain("Contoso Dental");
      }
      house.world.arrive(house.world.tenant("A").tenantId, { title: "Only for Harbor Ridge", severity: "high" });
      await house.pass(MINUTE + 1000);
      expect(await ask(house, rival, "tenants")).not.toContain("Contoso");
      expect(await ask(house, rival, "alerts")).not.toContain("Only for Harbor Ridge");
      expect(await ask(house, rival, "audit")).not.toContain("Avery");
      expect(teams.messages(rival).filter((message) => wordsOf(message).includes("Only for Harbor"))).toEqual([]);
      expect(await ask(house, admin, "alerts")).toContain("Only for Harbor Ridge");
      expectCalmEnd(house);
    } finally {
      await house.close();
    }
  });
});
