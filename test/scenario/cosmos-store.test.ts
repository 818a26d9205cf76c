import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectCosmos } from "../../services/store/cosmos/connect-cosmos.ts";
import { cosmosContainer } from "../../services/store/cosmos/cosmos-container.ts";
import { initCosmos } from "../../services/store/cosmos/init-cosmos.ts";
import { type CosmosServer, startCosmosServer } from "../sandbox/cosmos/cosmos-server.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { freePort, type House, openHouse } from "./house.ts";
import { ask, expectCalmEnd } from "./story.ts";

describe("The bot with STORE=cosmos", () => {
  let server: CosmosServer;
  let house: House | null = null;
  beforeEach(async () => {
    server = await startCosmosServer();
  });
  afterEach(async () => {
    await house?.close();
    house = null;
    await server.close();
  });

  const settings = () => ({ STORE: "cosmos", COSMOS_ENDPOINT: server.endpoint, COSMOS_KEY: server.key });
  async function setUp(schema?: { version: number; oldestBeside: number }): Promise<void> {
    const connection = connectCosmos({ endpoint: server.endpoint, key: server.key, database: "watchdesk" });
    await initCosmos(connection, { mayCreate: true });
    if (schema !== undefined) {
      const item = { id: "schema", kind: "schema" as const, keys: {}, value: schema };
      await cosmosContainer(connection.container, { storeCharge: () => undefined }).write("schema", [
        { do: "put", item },
      ]);
    }
    connection.close();
  }

  it("connects a tenant, goes on after a restart, and counts what the store charges", async () => {
    await setUp();
    const adminPort = await freePort();
    const origin = `http://127.0.0.1:${adminPort}`;
    house = await openHouse({ settings: { ...settings(), ADMIN_PORT: String(adminPort) } });
    const admin = await adminOf(house);
    await connectTenant(house, admin, { organization: "Contoso", key: "A" });
    const page = await (await fetch(`${origin}/metrics`)).text();
    expect(page).toMatch(/^watchdesk_store_request_units_total\{operation="write link"\} [\d.]+$/m);
    expect(page).toMatch(/^watchdesk_store_operations_total\{operation="read link"\} \d+$/m);
    await house.restart();
    expect(await ask(house, admin, "tenants")).toContain("Contoso");
    expectCalmEnd(house);
  }, 60_000);

  it("is not ready while Cosmos DB refuses it, says why, and is ready again by itself", async () => {
    await setUp();
    const adminPort = await freePort();
    house = await openHouse({ settings: { ...settings(), ADMIN_PORT: String(adminPort) } });
    server.faults.next("403", { times: 1_000 });
    expect((await fetch(`${house.publicUrl}/readyz`)).status).toBe(503);
    const told = await fetch(`http://127.0.0.1:${adminPort}/readyz`);
    expect(told.status).toBe(503);
    expect(await told.json()).toMatchObject({
      ready: false,
      checks: {
        store: { ok: false, why: expect.stringMatching(/Cosmos DB Built-in Data Contributor/), detail: "403" },
        botCredential: { ok: true },
      },
    });
    server.faults.clear();
    expect((await fetch(`${house.publicUrl}/readyz`)).status).toBe(200);
  });

  it.each([
    ["was never set up", null, "- The database or the container is not there: run `npm run cosmos:init`, or deploy"],
    ["is a newer version's", { version: 2, oldestBeside: 2 }, "- A newer Watchdesk wrote this database, and this one"],
  ])(
    "does not start on a database that %s, and says so in a sentence",
    async (_what, schema, sentence) => {
      if (schema !== null) await setUp(schema);
      const { code, err } = await start({ ...environment, ...settings() });
      expect([code, err.split("\n").length]).toEqual([1, 3]);
      expect(err).toContain(`Watchdesk does not start:\n${sentence}`);
    },
    60_000,
  );
});

const environment = {
  PORT: "0",
  HOST: "127.0.0.1",
  PUBLIC_URL: "http://127.0.0.1:3978",
  BOT_APP_ID: "b0700000-0b0a-4d11-8a11-5a4db0c50001",
  BOT_APP_PASSWORD: "password",
  BOT_APP_PASSWORD_EXPIRES: "2027-11-22",
  BOT_TENANT_ID: "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001",
  ACCOUNTS: "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001=Harbor Ridge Security",
  ACCOUNT_ADMINS: "9f0c1b7e-51f4-4f0a-8a43-1d2c00000001",
  DEFENDER_APP_ID: "d3fe0de2-0b0a-4d11-8a11-5a4db0c50002",
  DEFENDER_APP_SECRET: "secret",
  DEFENDER_APP_SECRET_EXPIRES: "2027-10-01",
};

/** Runs what `npm start` runs, in a folder without an .env file. */
function start(env: Record<string, string>): Promise<{ code: number; err: string }> {
  const main = resolve(import.meta.dirname, "../../bot/main.ts");
  return new Promise((done) => {
    const child = execFile(process.execPath, [main], { cwd: tmpdir(), env }, (_error, _out, err) =>
      done({ code: child.exitCode ?? -1, err }),
    );
  });
}
