import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, Person } from "../sandbox/teams/teams-types.ts";
import { accountPeople } from "../sandbox/world/people.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, type Page, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, oneSaying, wordsOf } from "./story.ts";

const ALERTS = 9;

describe("A tenant is removed", () => {
  let house: House;
  let admin: Person;
  let second: Person;
  let tenantId: string;
  let alertCard: Message;
  let settingsCard: Message;
  let tenantCard: Message;
  let secondsCard: Message;

  beforeAll(async () => {
    const both = accountPeople.slice(0, 2).map(({ objectId }) => objectId);
    house = await openHouse({ settings: { ACCOUNT_ADMINS: both.join(",") } });
    admin = await adminOf(house);
    const { displayName = "", objectId = "" } = accountPeople[1] ?? {};
    second = house.sandbox.teams.addPerson({ name: displayName, objectId });
    await house.sandbox.teams.install(second);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    for (let nth = 1; nth <= ALERTS; nth += 1) {
      house.world.arrive(tenantId, { title: `Alert number ${nth}`, severity: "high", status: "inProgress" });
    }
    await house.pass(61_000);
    await house.pass(61_000);
    alertCard = oneSaying(house, admin, "Alert number 1");
    settingsCard = await cardFor("settings contoso");
    const console = await cardFor("tenants");
    await house.sandbox.teams.click(admin, console, "tenant.open");
    tenantCard = console;
    const [seconds] = (await house.sandbox.teams.say(second, "personal", "tenants")).replies;
    if (seconds === undefined) throw new Error("No console for the second admin.");
    await house.sandbox.teams.click(second, seconds, "tenant.open");
    await house.sandbox.teams.click(second, seconds, "tenant.remove");
    secondsCard = seconds;
  });
  afterAll(() => house.close());

  async function cardFor(words: string): Promise<Message> {
    const [card] = (await house.sandbox.teams.say(admin, "personal", words)).replies;
    if (card === undefined) throw new Error(`No card for "${words}".`);
    return card;
  }

  it("asks first, and says what goes with it", async () => {
    const asked = answerOf(await house.sandbox.teams.click(admin, tenantCard, "tenant.remove"));
    expect(asked).toContain("Remove Contoso Dental's tenant?");
    expect(asked).toContain("9 alerts, deleted here");
    expect(asked).toContain("9 cards on screen will say “No longer watched”");
    expect(asked).toContain("none of its own");
  });

  it("gives its alerts and history along as JSON, to whoever asked", async () => {
    await house.sandbox.teams.click(admin, tenantCard, "tenant.export");
    const shown = JSON.stringify(tenantCard.views.get(admin.objectId));
    const url = /"url":"([^"]+\/download\/[^"]+)"/.exec(shown)?.[1] ?? "no link";
    const response = await fetch(url);
    expect(response.headers.get("content-disposition")).toMatch(/filename="watchdesk-tenant-\d{4}-\d\d-\d\d\.json"/);
    const file = (await response.json()) as Record<string, { alert: { title: string }; verb: string }[]>;
    expect(file).toMatchObject({ organizationName: "Contoso Dental", link: { tenantId }, removed: null });
    expect(new Set(file.alerts?.map(({ alert }) => alert.title)).size).toBe(ALERTS);
    expect(file.audit?.map(({ verb }) => verb)).toContain("tenant.link");
  });

  it("says that it is gone, and how the customer takes the consent back", async () => {
    const done = answerOf(await house.sandbox.teams.click(admin, tenantCard, "tenant.removeConfirmed"));
    expect(done).toContain("Contoso Dental's tenant is removed");
    expect(done).toContain("Enterprise applications");
    expect(done).toContain(house.settings.DEFENDER_APP_ID);
    expect(await ask(house, admin, "tenants")).toContain("No tenant is connected yet");
  });

  it("tells the second of two admins, and every click on an old card, who did it and when", async () => {
    const who = new RegExp(`Contoso Dental's tenant was removed by ${admin.name}, \\d\\d:\\d\\d UTC, \\d+ \\w+ \\d{4}`);
    expect((await house.sandbox.teams.click(second, secondsCard, "tenant.removeConfirmed")).notice).toMatch(who);
    expect((await house.sandbox.teams.click(admin, alertCard, "alert.claim")).notice).toMatch(who);
    expect(answerOf(await house.sandbox.teams.click(admin, settingsCard, "settings.save"))).toMatch(who);
  });

  it("marks every card of its alerts within Teams' windows, also over a restart", async () => {
    await house.pass(16_000);
    await house.restart();
    const marked = () => messagesSaying(house, admin, "No longer watched").length;
    await house.until("every card is marked", () => marked() === ALERTS, 600_000);
    const words = wordsOf(alertCard);
    expect(words).toContain(`${admin.name} removed Contoso Dental's tenant`);
    expect(words).toContain("Alert number 1");
    expect(JSON.stringify(alertCard.base)).not.toContain("Action.");
    const reads = house.world.requests.find({ path: /alerts_v2/ }).length;
    await house.pass(3_600_000);
    expect(house.world.requests.find({ path: /alerts_v2/ })).toHaveLength(reads);
    expectCalmEnd(house);
  });

  it("can be connected again: the tombstone ends, and nothing of before comes back", async () => {
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    expect(await ask(house, admin, "tenants")).toContain("✓ Connected");
    house.world.arrive(tenantId, { title: "After the second connection", severity: "high", status: "inProgress" });
    await house.pass(61_000);
    expect(messagesSaying(house, admin, "After the second connection")).toHaveLength(1);
    expect(messagesSaying(house, admin, "No longer watched")).toHaveLength(ALERTS);
    expectCalmEnd(house);
  });
});

describe("A tenant is removed while its customer is at Microsoft", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
  });
  afterAll(() => house.close());

  /** As far as Microsoft's consent prompt. */
  async function atThePrompt(consentUrl: string): Promise<{ browser: ReturnType<typeof newBrowser>; prompt: Page }> {
    const browser = newBrowser();
    const signIn = await browser.follow(await browser.open(consentUrl), "go=1");
    const signedIn = await browser.submit(signIn.url, { user: "admin-a" });
    return { browser, prompt: await browser.follow(signedIn, "/adminconsent") };
  }

  it("a late answer links nothing and says why, on the page and in chat", async () => {
    const { consentUrl, messageId } = await beginConnection(house, admin, {
      organization: "Contoso Two",
      domain: "contoso-dental.example",
    });
    const { browser, prompt } = await atThePrompt(consentUrl);
    // Meanwhile the same tenant is connected by another link, and taken off again.
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }).catch(() => undefined);
    const console = (await house.sandbox.teams.say(admin, "personal", "tenants")).replies[0];
    if (console === undefined) throw new Error("No console.");
    await house.sandbox.teams.click(admin, console, "tenant.open");
    await house.sandbox.teams.click(admin, console, "tenant.remove");
    await house.sandbox.teams.click(admin, console, "tenant.removeConfirmed");
    await house.settle();

    const page = await browser.submit(prompt.url, { decision: "accept" });
    expect(page.status).toBe(410);
    expect(page.html).toContain("stopped looking after this tenant");
    expect(page.html).toContain("Nothing was connected");
    await house.pass(60_000);
    const card = house.sandbox.teams.messages(admin).find(({ id }) => id === messageId);
    if (card === undefined) throw new Error("The consent card is gone.");
    expect(wordsOf(card)).toContain("Tenant removed");
    expect(wordsOf(card)).toContain(`${admin.name} removed Contoso Dental's tenant while this link was open`);
    expect(await ask(house, admin, "tenants")).not.toContain("✓ Connected");
    expect((await newBrowser().open(consentUrl)).html).toContain("This link ended with the connection");
  });

  it("a new link connects it", async () => {
    const { consentUrl } = await beginConnection(house, admin, {
      organization: "Contoso Two",
      domain: "contoso-dental.example",
    });
    await walkConsent(newBrowser(), consentUrl, { user: "admin-a" });
    await house.until("connected", async () => (await ask(house, admin, "tenants")).includes("✓ Connected"));
    expectCalmEnd(house);
  });
});
