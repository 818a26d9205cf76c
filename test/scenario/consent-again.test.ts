import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { askAgain, openTenantCard } from "./consent-again.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const ALERTS = "SecurityAlert.ReadWrite.All";
const ISOLATE = { resource: "defender", value: "Machine.Isolate" } as const;

describe("Journey 4: a linked tenant consents again", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;

  beforeEach(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = house.world.tenant("A"));
  });
  afterEach(async () => {
    expectCalmEnd(house);
    await house.close();
  });

  const connect = () => connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
  const notices = (words: string) => messagesSaying(house, admin, words).length;
  const tenantCard = async () => wordsOf(await openTenantCard(house, admin, "Contoso Dental"), admin);

  it("revoked: the link leads to a fresh consent, the tenant comes back by itself and the admins are told", async () => {
    await connect();
    house.world.revokeConsent(tenantId, "refused");
    await house.pass(2 * MINUTE);
    expect(await tenantCard()).toContain("✕ Consent revoked");
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    expect(wordsOf(card)).toContain("Only for\ncontoso-dental.example");
    expect(wordsOf(card)).toContain("27 permissions are asked for");
    expect(await tenantCard()).toMatch(
      /Consent link\nwaiting for consent, asked for by Avery Stone, ends \d\d:\d\d UTC/,
    );
    const console = await ask(house, admin, "tenants");
    expect(console).toContain("✕ Consent revoked");
    expect(console).not.toContain("waiting for consent");

    const browser = newBrowser();
    const start = await browser.open(consentUrl);
    expect(start.html).toContain("already. Avery Stone asks for consent once more");
    const signIn = await browser.follow(start, "go=1");
    expect(signIn.url).toContain(`/${tenantId}/oauth2/v2.0/authorize`);
    expect(new URL(signIn.url).searchParams.get("domain_hint")).toBe("contoso-dental.example");
    await house.pass(2_000);
    expect(wordsOf(card)).toMatch(/Opened \d\d:\d\d UTC/);
    const signedIn = await browser.submit(signIn.url, { user: "admin-a" });
    expect(signedIn.html).toContain("The tenant that is connected to");
    const prompt = await browser.follow(signedIn, "/adminconsent");
    const result = await browser.submit(prompt.url, { decision: "accept" });
    expect(result.html).toContain("then the alerts are read again");
    await house.until("the card says so", () => wordsOf(card).includes("✓ Connected"));
    expect(wordsOf(card)).toMatch(
      /Consent was given again \d\d:\d\d UTC, .*: everything that is asked for is granted now/,
    );
    expect(wordsOf(card)).toContain("Permissions\n27 of 27");
    expect(notices("Contoso Dental is being watched again")).toBe(1);
    const own = await tenantCard();
    expect(own).toContain("✓ Connected");
    expect(own).toContain("Permissions\n27 of 27");
    expect(own).not.toContain("Consent link");

    house.world.arrive(tenantId, { title: "Came after the consent", severity: "low" });
    await house.until("the alert is shown", () => notices("Came after the consent") === 1);
    expect((await ask(house, admin, "audit")).match(/Tenant link: /g)).toHaveLength(1);
    expect(await ask(house, admin, "audit contoso consent")).toContain("27 of 27 granted, connected");
    expect((await newBrowser().open(consentUrl)).html).toContain("Consent was given");
  });

  it("after an hour unread: the card waits for the read, and then says how far it goes", async () => {
    await connect();
    house.world.revokeConsent(tenantId, "refused");
    for (let minutes = 0; minutes < 60; minutes += 5) await house.pass(5 * MINUTE);
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    // The permissions can be checked, and no page of alerts comes.
    const fault = { kind: "status", status: 503 } as const;
    const over = house.world.fault({ api: "graph", tenantId, path: /alerts_v2.*filter/, fault });
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.pass(10_000);
    expect(wordsOf(card)).toContain("◐ Reading alerts");
    over();
    await house.sandbox.teams.click(admin, await openTenantCard(house, admin, "Contoso Dental"), "tenant.sync");
    await house.until("the card says so", () => wordsOf(card).includes("Consent was given again"));
    expect(wordsOf(card)).toContain("✓ Connected");
    expect(wordsOf(card)).toContain("Alerts found\n0, open: 0");
  });

  it("a permission that is needed came to be missing: back with the consent, past the tokens in the cache", async () => {
    await connect();
    house.world.removeRole(tenantId, ALERTS, { oldTokens: "refused" });
    await house.pass(2 * MINUTE);
    expect(notices("Contoso Dental lacks permissions")).toBe(1);
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await walkConsent(newBrowser(), consentUrl, { user: "privileged-a" });
    await house.until("the card says so", () => wordsOf(card).includes("✓ Connected"));
    expect(await tenantCard()).toContain("Permissions\n27 of 27");
    expect(notices("Contoso Dental is being watched again")).toBe(1);
  });

  it("permissions were added later: shown as they come, within 10 minutes, and what stays missing is named", async () => {
    const other = { resource: "defender", value: "Machine.Scan" } as const;
    house.world.withhold(tenantId, [ISOLATE, other]);
    await connect();
    expect(await tenantCard()).toContain("Permissions\n25 of 27");
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.pass(2_000);
    expect(wordsOf(card)).toContain("25 of 27 permissions are granted so far");
    house.world.grant(tenantId, [ISOLATE]);
    await house.pass(MINUTE);
    expect(wordsOf(card)).toContain("26 of 27 permissions are granted so far");
    await house.pass(10 * MINUTE);
    const words = wordsOf(card);
    expect(words).toContain("some of what is asked for is still not granted");
    expect(words).toContain("Permissions\n26 of 27");
    expect(words).toContain("Machine.Scan");
    expect(words).not.toContain("Machine.Isolate");
    expect(await tenantCard()).toContain("Permissions\n26 of 27");
    expect(notices("lacks permissions")).toBe(0);
  });

  it("roles that take a while to spread are waited for, and nobody is told of a trouble meanwhile", async () => {
    await connect();
    house.world.rolesLagSeconds = 90;
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.pass(1_000);
    expect(wordsOf(card)).toContain("0 of 27 permissions are granted so far");
    await house.until("all are there", () => wordsOf(card).includes("Permissions\n27 of 27"), 5 * MINUTE);
    expect(notices("is not being watched")).toBe(0);
  });

  it("a paused tenant stays paused; what it grants is known all the same", async () => {
    house.world.withhold(tenantId, [ISOLATE]);
    await connect();
    const opened = await openTenantCard(house, admin, "Contoso Dental");
    await house.sandbox.teams.click(admin, opened, "tenant.pause");
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    house.world.grant(tenantId, [ISOLATE]);
    await house.until("the card says so", () => wordsOf(card).includes("Permissions\n27 of 27"));
    expect(wordsOf(card)).toContain("‖ Paused");
    expect(await tenantCard()).toContain("Permissions\n27 of 27");
  });

  it("declined: said on page and card, and the same link works afterwards", async () => {
    await connect();
    const { card, consentUrl } = await askAgain(house, admin, "Contoso Dental");
    const page = await walkConsent(newBrowser(), consentUrl, { user: "admin-a", decision: "cancel" });
    expect(page.html).toContain("Nothing is changed by this.");
    await house.settle();
    expect(wordsOf(card)).toContain("✕ Declined");
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("the card says so", () => wordsOf(card).includes("Consent was given again"));
  });
});
