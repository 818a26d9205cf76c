import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { newBrowser, walkConsent } from "./consent-browser.ts";
import { type House, openHouse } from "./house.ts";
import { answerOf, ask, expectCalmEnd, messagesSaying, wordsOf } from "./story.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const ALERTS = "SecurityAlert.ReadWrite.All";
const MACHINES = "Machine.ReadWrite.All";

describe("Permissions under care", () => {
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

  /** Opens the tenant's own card, and clicks on it if told so. */
  async function tenantCard(click?: "tenant.check"): Promise<string> {
    const console = await house.sandbox.teams.say(admin, "personal", "tenants");
    const [message] = console.replies;
    if (message === undefined) throw new Error("The bot did not answer `tenants`.");
    const opened = answerOf(await house.sandbox.teams.click(admin, message, "tenant.open"));
    return click === undefined ? opened : answerOf(await house.sandbox.teams.click(admin, message, click));
  }

  const isConnected = async () => (await ask(house, admin, "tenants")).includes("✓ Connected");
  const notices = (words: string) => messagesSaying(house, admin, words).length;

  it("a role taken away in mid-sync: named at once with what will not work and who can mend it, and told once", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    house.world.removeRole(tenantId, ALERTS, { oldTokens: "refused" });
    await house.pass(MINUTE + 1_000);

    const card = await tenantCard();
    expect(card).toContain("△ Permissions missing");
    expect(card).toContain(`Not granted, though needed: ${ALERTS}`);
    expect(card).toContain("Permissions\n26 of 27");
    expect(card).toContain("✕ Alerts\nNo alert is read, resolved or commented");
    expect(card).toContain("An admin of the customer's tenant can mend this");
    for (let minutes = 0; minutes < 30; minutes += 5) await house.pass(5 * MINUTE);
    expect(notices("Contoso Dental lacks permissions")).toBe(1);

    house.world.grant(tenantId, [{ resource: "graph", value: ALERTS }]);
    house.world.arrive(tenantId, { title: "Came meanwhile", severity: "low" });
    await house.until("connected by itself", isConnected, 20 * MINUTE);
    expect(notices("Contoso Dental is being watched again")).toBe(1);
    expect(await tenantCard()).toContain("Permissions\n27 of 27");
    await house.until("the alert is shown", () => notices("Came meanwhile") === 1);
  });

  it("tokens that still hold the role pass until they end; a check skips them", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    house.world.removeRole(tenantId, MACHINES, { oldTokens: "valid" });
    await house.pass(MINUTE);
    expect(await isConnected()).toBe(true);
    const card = await tenantCard("tenant.check");
    expect(card).toContain("Permissions checked: 26 of 27 granted");
    expect(card).toContain("△ Permissions missing");
    // What is granted goes on working.
    house.world.arrive(tenantId, { title: "Read all the same", severity: "low" });
    await house.until("the alert is shown", () => notices("Read all the same") === 1);

    house.world.grant(tenantId, [{ resource: "defender", value: MACHINES }]);
    expect(await tenantCard("tenant.check")).toContain("✓ Connected");
    expect(await ask(house, admin, "audit")).toContain("26 of 27 granted, permissionsMissing");
  });

  it("partial consent: core runs, the rest is shown as off, and is found within a day once it is granted", async () => {
    const { tenantId } = house.world.tenant("A");
    const withheld = [{ resource: "defender", value: "Machine.Isolate" } as const];
    house.world.withhold(tenantId, withheld);
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    const card = await tenantCard();
    expect(card).toContain("✓ Connected");
    expect(card).toContain("✕ Device isolation (asked for later features)\nDevices are not isolated from chat");
    house.world.grant(tenantId, withheld);
    await house.pass(DAY);
    expect(await tenantCard()).toContain("Permissions\n27 of 27");
    expect(notices("lacks permissions")).toBe(0);
  });

  it("roles in the token that Microsoft does not honour are no permission", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    const body = { error: { code: "Forbidden", message: "Tenant is not licensed for this feature." } };
    const fault = { kind: "status", status: 403, body } as const;
    const over = house.world.fault({ api: "graph", tenantId, path: /alerts_v2/, fault });
    const card = await tenantCard("tenant.check");
    expect(card).toContain(`Granted, but refused by Microsoft: ${ALERTS}`);
    expect(card).toContain("Forbidden");
    over();
    await house.until("connected by itself", isConnected, 20 * MINUTE);
  });

  it("a tenant without Defender for Endpoint: said as such with what to do, and over when it comes", async () => {
    const { consentUrl, messageId } = await beginConnection(house, admin, {
      organization: "Tailspin Toys",
      domain: "tailspin.example",
    });
    house.world.setDefender(house.world.tenant("D").tenantId, true);
    await walkConsent(newBrowser(), consentUrl, { user: "admin-d" });
    const shown = () => house.sandbox.teams.messages(admin).find(({ id }) => id === messageId);
    await house.until("connected", () => wordsOf(shown() ?? fail()).includes("Permissions"));
    const { tenantId } = house.world.tenant("D");
    house.world.setDefender(tenantId, false);
    const card = await tenantCard("tenant.check");
    expect(card).toContain("✕ Defender not available");
    expect(card).toContain("Have the customer check its licence");
    expect(card).toContain("Once Defender for Endpoint is there");
    // At once, or with the next look of the minute where something else has just been told.
    await house.pass(MINUTE + 1_000);
    expect(notices("Tailspin Toys has no working Defender for Endpoint")).toBe(1);

    house.world.setDefender(tenantId, true);
    await house.until("connected by itself", isConnected, 20 * MINUTE);
  });

  it("consent revoked in mid-sync is unknown within two intervals, told once, and over after a new consent", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    house.world.revokeConsent(tenantId, "refused");
    await house.pass(2 * MINUTE);
    const card = await tenantCard();
    expect(card).toContain("✕ Consent revoked");
    expect(card).toContain("Open alerts\nunknown");
    for (let minutes = 0; minutes < 30; minutes += 5) await house.pass(5 * MINUTE);
    expect(notices("Contoso Dental is not being watched")).toBe(1);
    house.world.consent(tenantId);
    await house.until("connected by itself", isConnected, 20 * MINUTE);
    expect(notices("Contoso Dental is being watched again")).toBe(1);
  });

  it("Microsoft not answering a check changes nothing and is said", async () => {
    const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    const fault = { kind: "status", status: 503 } as const;
    const over = house.world.fault({ api: "defender", tenantId, fault });
    const card = await tenantCard("tenant.check");
    expect(card).toContain("△ The permissions could not be checked");
    expect(card).toContain("✓ Connected");
    over();
  });
});

function fail(): never {
  throw new Error("There is no consent card.");
}
