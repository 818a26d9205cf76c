import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { accountPeople } from "../sandbox/world/people.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { askAgain, consentUrlOf, openTenantCard } from "./consent-again.ts";
import { newBrowser, type Page, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe("A consent asked for again that must not work, or works once", () => {
  let house: House;
  let admin: Person;
  let second: Person;
  let tenantId: string;

  beforeEach(async () => {
    const both = accountPeople.slice(0, 2).map(({ objectId }) => objectId);
    house = await openHouse({ settings: { ACCOUNT_ADMINS: both.join(",") } });
    admin = await adminOf(house);
    const { displayName = "", objectId = "" } = accountPeople[1] ?? {};
    second = house.sandbox.teams.addPerson({ name: displayName, objectId });
    await house.sandbox.teams.install(second);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    house.world.revokeConsent(tenantId, "refused");
    await house.pass(2 * MINUTE);
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  const callback = (query: Record<string, string>) =>
    `${house.publicUrl}/consent/callback?${new URLSearchParams(query)}`;
  const stateIn = (page: Page) => /state=([\w-]{20,})/.exec(page.html)?.[1] ?? "no state on the page";
  const tenantCard = async () => wordsOf(await openTenantCard(house, admin, "Contoso Dental"), admin);

  async function expectStillRevoked(): Promise<void> {
    await house.pass(11 * MINUTE);
    expect(await tenantCard()).toContain("✕ Consent revoked");
    expect(await ask(house, admin, "tenants")).not.toContain("✓");
  }

  async function signedIn(consentUrl: string, user: string, past: (url: string) => string = (url) => url) {
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(consentUrl), "go=1");
    return { browser, page: await browser.submit(past(signIn.url), { user }) };
  }

  it("a sign-in to any other tenant stops it: wrong tenant, and neither tenant is touched", async () => {
    const other = house.world.tenant("B").tenantId;
    house.world.consent(other);
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    // Past Microsoft's own tenant in the address, as an attacker would.
    const elsewhere = (url: string) => url.replace(`/${tenantId}/`, "/organizations/");
    const { page } = await signedIn(consentUrl, "admin-b", elsewhere);
    expect(page.status).toBe(403);
    expect(page.html).toContain("another tenant than that of contoso-dental.example");
    expect(page.html).toContain("Nothing is changed by this.");
    await house.pass(2_000);
    expect(wordsOf(card)).toContain("✕ Wrong tenant");
    await expectStillRevoked();
    expect(house.world.requests.find({ path: /alerts_v2/, tenantId: other })).toEqual([]);
  });

  it("guests and people who are no admins are refused", async () => {
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    for (const user of ["user-a", "guest-a"]) {
      expect((await signedIn(consentUrl, user)).page.html).not.toContain("/adminconsent");
    }
    await house.pass(2_000);
    expect(wordsOf(card)).toContain("✕ Not an administrator");
    await expectStillRevoked();
  });

  it("forged answers change nothing: invented, of another tenant, in another browser, or before Microsoft was asked", async () => {
    const other = house.world.tenant("B").tenantId;
    house.world.consent(other);
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    const invented = callback({ tenant: tenantId, state: "A".repeat(43), admin_consent: "True" });
    expect((await newBrowser().open(invented)).status).toBe(400);
    const first = await signedIn(consentUrl, "admin-a");
    const swapped = callback({ tenant: other, state: stateIn(first.page), admin_consent: "True" });
    expect((await first.browser.open(swapped)).status).toBe(400);
    const stolen = await signedIn(consentUrl, "admin-a");
    const address = callback({ tenant: tenantId, state: stateIn(stolen.page), admin_consent: "True" });
    expect((await newBrowser().open(address)).status).toBe(400);
    await house.pass(2_000);
    expect(wordsOf(card)).toContain("◐ Opened");

    const early = await signedIn(consentUrl, "admin-a");
    const claimed = callback({ tenant: tenantId, state: stateIn(early.page), admin_consent: "True" });
    expect((await early.browser.open(claimed)).status).toBe(200);
    await expectStillRevoked();
    expect(wordsOf(card)).toContain("✕ Not granted");
    expect(wordsOf(card)).toContain("Microsoft shows no consent of this tenant");
  });

  it("answers are good once, and an expired link leads nowhere; New link makes it good again", async () => {
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await house.pass(7 * DAY + MINUTE);
    expect((await newBrowser().open(consentUrl)).html).toContain("If consent is still wanted");
    expect(wordsOf(card)).toContain("✕ Link ended");
    await house.sandbox.teams.click(admin, card, "consent.renew");
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    expect((await browser.open(page.url)).status).toBe(400);
    const prompt = await browser.follow(page, "/adminconsent");
    const granted = await browser.submit(prompt.url, { decision: "accept" });
    expect(granted.status).toBe(200);
    expect((await browser.open(granted.url)).status).toBe(400);
    await house.until("the card says so", () => wordsOf(card, admin).includes("Consent was given again"));
    expect(await ask(house, admin, "audit contoso consent.check")).toContain("27 of 27 granted");
  });

  it("asked for again while it is open: the same link with another 7 days, on one card, by whoever asks", async () => {
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await house.pass(DAY);
    const later = await askAgain(house, second, "Contoso Dental");
    expect(later.consentUrl).toBe(consentUrl);
    expect(wordsOf(card)).toContain(`${second.name} asked for this link again`);
    expect(wordsOf(later.card)).toContain(`Asked for by ${second.name}`);
    await house.pass(2_000);
    const third = await askAgain(house, second, "Contoso Dental");
    expect(third.consentUrl).toBe(consentUrl);
    expect(wordsOf(later.card)).toContain("its card is further down now");
    await house.pass(6 * DAY + 23 * 3_600_000);
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("the card says so", () => wordsOf(third.card).includes("Consent was given again"));
    expect(messagesSaying(house, second, "Consent was given again")).toHaveLength(1);
    expect(await ask(house, admin, "audit consent.begin")).toContain("consent again by contoso-dental.example");
  });

  it("two admins at the same moment get one link", async () => {
    const [mine, theirs] = await Promise.all(
      [admin, second].map((person) => openTenantCard(house, person, "Contoso Dental")),
    );
    await house.pass(2_000);
    await Promise.all([
      house.sandbox.teams.click(admin, mine as Message, "tenant.consentAgain"),
      house.sandbox.teams.click(second, theirs as Message, "tenant.consentAgain"),
    ]);
    await house.pass(2_000);
    const links = [admin, second].flatMap((person) =>
      messagesSaying(house, person, "○ Waiting for consent").map((message) => consentUrlOf(house, message)),
    );
    expect(new Set(links).size).toBe(1);
  });

  it("removed meanwhile: card, link and a late answer say so, and nothing comes back", async () => {
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    const old = await openTenantCard(house, admin, "Contoso Dental");
    const { browser, page } = await signedIn(consentUrl, "admin-a");
    const prompt = await browser.follow(page, "/adminconsent");
    const opened = await openTenantCard(house, second, "Contoso Dental");
    await house.sandbox.teams.click(second, opened, "tenant.remove");
    await house.sandbox.teams.click(second, opened, "tenant.removeConfirmed");
    const late = await browser.submit(prompt.url, { decision: "accept" });
    expect(late.html).toContain("stopped looking after this tenant");
    await house.pass(2_000);
    expect(wordsOf(card)).toContain("✕ Tenant removed");
    expect(wordsOf(card)).toContain(`${second.name} removed Contoso Dental's tenant`);
    expect((await newBrowser().open(consentUrl)).status).toBe(410);
    expect(await ask(house, admin, "tenants")).toContain("No tenant is connected yet");
    expect(answerOf(await house.sandbox.teams.click(admin, old, "tenant.consentAgain"))).toContain(
      `removed by ${second.name}`,
    );
  });

  it("moved meanwhile: the link stays, card and page name the new organization", async () => {
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    const { teams } = house.sandbox;
    const [move] = (await teams.say(second, "personal", "move tenant contoso dental")).replies;
    await teams.click(second, move as Message, "move.choose", { newOrganization: "Contoso Clinics" });
    await teams.click(second, move as Message, "move.request");
    await house.pass(2_000);
    await teams.click(admin, oneSaying(house, admin, "Waiting for approval"), "move.approve");
    await house.pass(5_000);
    expect(wordsOf(card)).toContain("Consent again: Contoso Clinics");
    expect(wordsOf(card)).toContain("moved from Contoso Dental to Contoso Clinics");
    expect((await newBrowser().open(consentUrl)).html).toContain("Contoso Clinics");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("the card says so", () => wordsOf(card).includes("Consent was given again"));
    expect(wordsOf(card)).toMatch(/^Contoso Clinics/);
  });

  it("asked for in a channel, the link is given in 1:1 alone; whoever is no admin gets none", async () => {
    const { teams } = house.sandbox;
    const team = teams.addTeam({ name: "SOC", members: [admin, second] });
    await teams.install(admin, team.general);
    const [console] = (await teams.say(admin, team.general, "tenants contoso")).replies;
    await teams.click(admin, console as Message, "tenant.open");
    const turn = await teams.click(admin, console as Message, "tenant.consentAgain");
    expect(answerOf(turn)).toContain("I have answered in our 1:1 chat");
    expect(JSON.stringify(teams.messages(team.general).map(({ base }) => base))).not.toContain("/consent/start");
    expect(consentUrlOf(house, oneSaying(house, admin, "Consent again: Contoso Dental"))).toContain("/consent/start");

    const viewer = teams.addPerson({ name: "Vic Viewer", objectId: "9f0c1b7e-51f4-4f0a-8a43-1d2c0000000f" });
    await teams.install(viewer);
    const opened = await openTenantCard(house, admin, "Contoso Dental");
    opened.views.set(viewer.objectId, teams.card(opened, admin));
    expect(answerOf(await teams.click(viewer, opened, "tenant.consentAgain"))).toContain("no role");
    expect(messagesSaying(house, viewer, "Consent again")).toEqual([]);
  });
});
