import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { seedLinks } from "../bench/seed-links.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import type { CustomerTenant } from "../sandbox/world/customer-tenant.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, type HouseOptions, openHouse } from "./house.ts";
import { ask, expectCalmEnd, messagesSaying } from "./story.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const ALARM = "Entra refuses the Defender app's credential: no tenant can be read.";
const ENDS = "One of Watchdesk's own credentials ends.";
const TENANTS = 500;

describe("Our own credential", () => {
  let house: House;
  let admin: Person;

  const open = async (options: HouseOptions = {}) => {
    house = await openHouse(options);
    admin = await adminOf(house);
  };
  afterEach(async () => {
    await house.close();
  });

  const notices = (words: string) => messagesSaying(house, admin, words).length;
  const errors = (sentence: string) =>
    house.logged.filter((line) => line.level === "error" && line.sentence === sentence);

  describe("refused, with 500 tenants", () => {
    beforeEach(() => open());

    /** Tenants that consented long ago, known to Microsoft and to our store, without the way through chat. */
    async function seed(): Promise<void> {
      const model = house.world.tenant("B");
      const tenants = Array.from({ length: TENANTS }, (_, at): CustomerTenant => {
        const number = String(at).padStart(12, "0");
        const name = `customer-${at}.example`;
        return {
          ...model,
          tenantId: `eeee5555-0000-4000-8000-${number}`,
          displayName: `Customer ${at}`,
          verifiedDomains: [{ name, isDefault: true, isInitial: false }],
          grants: { graph: new Set(), defender: new Set() },
          alerts: new Map(),
        };
      });
      (house.world.tenants as CustomerTenant[]).push(...tenants);
      const stores = await openSqliteStores({
        path: house.settings.SQLITE_PATH ?? "",
        clock: { now: () => house.now().toISOString() },
      });
      for (const { tenantId } of tenants) house.world.consent(tenantId);
      await seedLinks(stores, {
        accountId: house.world.account.tenantId,
        tenants: tenants.map(({ tenantId, displayName }) => ({ id: tenantId, name: displayName, domain: "x.example" })),
        by: { id: admin.objectId, name: admin.name, signInName: admin.userPrincipalName },
        chatId: house.sandbox.teams.personalChat(admin).id,
        now: house.now().toISOString(),
        read: true,
      });
      await stores.close();
    }

    async function storedStates(): Promise<Record<string, number>> {
      const stores = await openSqliteStores({
        path: house.settings.SQLITE_PATH ?? "",
        clock: { now: () => house.now().toISOString() },
      });
      const counts = await stores.links.countByState({ accountId: house.world.account.tenantId });
      await stores.close();
      return counts;
    }

    it("is one alarm, marks no tenant, outlives a restart, and is over by itself", async () => {
      const [secret] = house.world.defenderApp.secrets;
      if (secret === undefined) throw new Error("The sandbox's app has no secret.");
      secret.expires = new Date(house.now().getTime() - DAY);
      await seed();
      await house.pass(MINUTE);

      expect(notices("our own credential is refused")).toBe(1);
      expect(notices("AADSTS7000222")).toBe(1);
      expect(errors(ALARM)).toHaveLength(1);
      expect(await storedStates()).toEqual({ connected: TENANTS });
      const console = await ask(house, admin, "tenants");
      expect(console).toContain(`${TENANTS} our credential failing`);
      expect(console).not.toContain("Connected");
      expect(console).not.toContain("revoked");

      for (let minutes = 0; minutes < 20; minutes += 5) await house.pass(5 * MINUTE);
      await house.restart();
      await house.pass(MINUTE);
      expect(notices("our own credential is refused")).toBe(1);
      expect(errors(ALARM)).toHaveLength(1);
      expect(await ask(house, admin, "tenants")).toContain(`${TENANTS} our credential failing`);

      delete secret.expires;
      await house.pass(MINUTE);
      expect(notices("Our own credential works again")).toBe(1);
      expect(await ask(house, admin, "tenants")).toContain(`${TENANTS} connected`);
      expect(await storedStates()).toEqual({ connected: TENANTS });
      expect(notices("is not being watched")).toBe(0);
      expectCalmEnd(house, [ALARM]);
    }, 120_000);
  });

  it("a secret that ends is told at 60, 30, 14, 7 and 1 days before, once each, and daily afterwards", async () => {
    const day = (after: number) => new Date(Date.now() + after * DAY).toISOString().slice(0, 10);
    await open({ settings: { DEFENDER_APP_SECRET_EXPIRES: day(62) } });
    const told: number[] = [];
    for (let passed = 0; passed < 66; passed += 1) {
      const before = notices("Watchdesk's own secret");
      await house.pass(DAY / 2);
      if (passed === 40) await house.restart();
      await house.pass(DAY / 2);
      if (notices("Watchdesk's own secret") > before) told.push(62 - passed);
    }
    expect(notices("ends in 60 days")).toBe(1);
    expect(notices("ends in 30 days")).toBe(1);
    expect(notices("ends in 14 days")).toBe(1);
    expect(notices("ends in 7 days")).toBe(1);
    expect(notices("ends in 1 day")).toBe(1);
    expect(told.filter((left) => left > 1)).toHaveLength(4);
    expect(notices("has expired")).toBeGreaterThanOrEqual(3);
    expect(errors(ENDS)).toHaveLength(notices("Watchdesk's own secret"));
    expectCalmEnd(house, [ENDS]);
  }, 60_000);

  it("shows tenants as before when the refusal is one tenant's, not ours", async () => {
    await open();
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    house.world.revokeConsent(house.world.tenant("A").tenantId);
    await house.pass(2 * MINUTE);
    expect(await ask(house, admin, "tenants")).toContain("Consent revoked");
    expect(notices("our own credential")).toBe(0);
    expectCalmEnd(house);
  });
});
