import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectCosmos } from "../../../services/store/cosmos/connect-cosmos.ts";
import { type CosmosServer, startCosmosServer } from "../../sandbox/cosmos/cosmos-server.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** What `npm run test:cosmos` runs; the simulated server stands in for the account. */
function contractOnAccount(account: Record<string, string>): Promise<{ passed: boolean; said: string }> {
  const vitest = resolve(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--config", "vitest.account.config.ts", "--testNamePattern", "roles, conversations"];
  // What this run of vitest tells its own workers is not meant for the other.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|COSMOS)/.test(name));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: "1", ...account };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (error, out, err) =>
      done({ passed: error === null, said: `${out}${err}` }),
    );
  });
}

describe("npm run test:cosmos", () => {
  let server: CosmosServer;
  beforeAll(async () => {
    server = await startCosmosServer();
  });
  afterAll(() => server.close());
  const account = () => ({ COSMOS_ENDPOINT: server.endpoint, COSMOS_KEY: server.key });
  const items = () => {
    const { endpoint, key } = server;
    return connectCosmos({ endpoint, key, database: "watchdesk-contract" }).container.items;
  };

  it("keeps the contract on the account and leaves it empty", async () => {
    const { passed, said } = await contractOnAccount(account());
    expect(said).toMatch(/Tests {2}\d+ passed/);
    expect(passed).toBe(true);
    const left = await items().query("SELECT c.kind FROM c").fetchAll();
    expect(left.resources).toEqual([{ kind: "schema" }]);
  }, 60_000);

  it("touches no database that holds anything, and says what is missing", async () => {
    const item = { id: "mine", pk: "p", kind: "organization" };
    await items().create(item);
    const refused = await contractOnAccount(account());
    expect(refused.passed).toBe(false);
    expect(refused.said).toContain("The database “watchdesk-contract” holds items.");
    const { resources } = await items().query("SELECT c.id FROM c WHERE c.id = 'mine'").fetchAll();
    expect(resources).toEqual([{ id: "mine" }]);
    const without = await contractOnAccount({});
    expect([without.passed, without.said.includes("COSMOS_ENDPOINT is missing")]).toEqual([false, true]);
  }, 60_000);
});
