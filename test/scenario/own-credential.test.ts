import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { selfSigned } from "../services/self-signed.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, type HouseOptions, openHouse } from "./house.ts";
import { seedTenants, withStores } from "./seed-tenants.ts";
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

    const storedStates = () =>
      withStores(house, (stores) => stores.links.countByState({ accountId: house.world.account.tenantId }));

    it("is one alarm, marks no tenant, outlives a restart, and is over by itself", async () => {
      const [secret] = house.world.defenderApp.secrets;
      if (secret === undefined) throw new Error("The sandbox's app has no secret.");
      secret.expires = new Date(house.now().getTime() - DAY);
      await seedTenants(house, admin, TENANTS);
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

    it("is told of no tenant by itself, however long it lasts, and none is told to be back", async () => {
      const [secret] = house.world.defenderApp.secrets;
      if (secret === undefined) throw new Error("The sandbox's app has no secret.");
      await seedTenants(house, admin, 40);
      for (let minutes = 0; minutes < 5; minutes += 1) await house.pass(MINUTE);
      secret.expires = new Date(house.now().getTime() - DAY);
      // Past the tokens that are left, and the two intervals after them.
      for (let minutes = 0; minutes < 80; minutes += 1) await house.pass(MINUTE);
      expect(notices("our own credential is refused")).toBe(1);
      expect(await ask(house, admin, "tenants")).toContain("40 tenants are not proven read");
      delete secret.expires;
      for (let minutes = 0; minutes < 20; minutes += 1) await house.pass(MINUTE);
      expect(notices("Our own credential works again")).toBe(1);
      expect(notices("not proven read since")).toBe(0);
      expect(notices("not proven read, the first since")).toBe(0);
      expect(notices("being watched again")).toBe(0);
      expect(await ask(house, admin, "tenants")).not.toContain("not proven read");
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

  it("the bot's own secret and a certificate, whose end is read from it, are told as well", async () => {
    const folder = await mkdtemp(join(tmpdir(), "watchdesk-certificate-"));
    const path = join(folder, "app.pem");
    const day = (after: number) => new Date(Date.now() + after * DAY);
    const { pem, certificate } = selfSigned({ from: day(-300), until: day(31) });
    await writeFile(path, pem);
    await open({
      settings: {
        DEFENDER_APP_SECRET: "",
        DEFENDER_APP_SECRET_EXPIRES: "",
        DEFENDER_APP_CERTIFICATE: path,
        BOT_APP_PASSWORD_EXPIRES: day(9).toISOString().slice(0, 10),
      },
    });
    house.world.defenderApp.certificates.push(certificate);
    await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
    for (let passed = 0; passed < 4; passed += 1) await house.pass(DAY);
    expect(notices("Watchdesk's own certificate ends in 30 days")).toBe(1);
    expect(notices("The certificate in DEFENDER_APP_CERTIFICATE ends on")).toBe(2);
    expect(notices("Watchdesk's own secret ends in 7 days")).toBe(1);
    expect(notices("nothing can be posted or answered in Teams")).toBeGreaterThanOrEqual(1);
    expect(await ask(house, admin, "tenants")).toContain("1 connected");
    expectCalmEnd(house, [ENDS]);
    await rm(folder, { recursive: true });
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
