import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CosmosServer, startCosmosServer } from "../sandbox/cosmos/cosmos-server.ts";
import { frontOf } from "../services/store/cosmos/front.ts";

const root = resolve(import.meta.dirname, "../..");
const bicep = readFileSync(resolve(root, "infra/cosmos.bicep"), "utf8");

/** Runs the script that `npm run cosmos:init` runs, in a folder without an .env file. */
function run(environment: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const options = { cwd: tmpdir(), env: environment };
    const child = execFile(process.execPath, [resolve(root, "infra/cosmos-init.ts")], options, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

describe("npm run cosmos:init", () => {
  let server: CosmosServer;
  beforeEach(async () => {
    server = await startCosmosServer();
  });
  afterEach(() => server.close());
  const settings = (endpoint = server.endpoint) => ({
    COSMOS_ENDPOINT: endpoint,
    COSMOS_KEY: server.key,
    COSMOS_DATABASE: "alerts",
  });

  it("sets the database up, and says so again", async () => {
    expect(await run(settings())).toEqual({
      code: 0,
      err: "",
      out: `- The database “alerts” was created.
- The container “items” was created, with autoscale up to 1,000 RU/s.
- The schema version was written.
Cosmos DB is ready for Watchdesk: set STORE=cosmos and start it.
`,
    });
    const { code, out } = await run(settings());
    expect([code, out]).toEqual([0, expect.stringMatching(/^- The database “alerts” is there\.\n/)]);
  });

  it("prints the Bicep, and how to deploy it, where it may not create", async () => {
    const forbidden = { status: 403, message: "Operation 'POST' on resource 'dbs' is not allowed." };
    const front = await frontOf(server.endpoint, ({ method, path }) =>
      method === "POST" && path === "/dbs" ? forbidden : null,
    );
    const { code, out, err } = await run(settings(front.endpoint));
    await front.close();
    expect([code, out]).toEqual([1, bicep]);
    expect(err).toContain("- The database “alerts” is missing, and this credential may not create it.\n");
    expect(err).toContain("az deployment group create");
    expect(err).toContain("databaseName=alerts");
  });

  it("tells every wrong setting at once", async () => {
    const { code, err } = await run({ COSMOS_ENDPOINT: "http://example.com", COSMOS_KEY: "canary" });
    expect(code).toBe(1);
    expect(err.split("\n").slice(0, 3)).toEqual([
      "Cosmos DB is not set up:",
      expect.stringMatching(/^- COSMOS_ENDPOINT must be/),
      expect.stringMatching(/^- COSMOS_KEY is no key/),
    ]);
    expect(err).not.toContain("canary");
  });

  it("says in a sentence that nothing answers, and that a key is refused", async () => {
    const { endpoint } = server;
    const refused = await run({ ...settings(), COSMOS_KEY: Buffer.alloc(64, 7).toString("base64") });
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/^Cosmos DB is not set up:\n- Cosmos DB does not take the credential: [^\n]+\n$/),
    ]);
    await server.close();
    const silent = await run(settings(endpoint));
    server = await startCosmosServer();
    expect([silent.code, silent.err]).toEqual([
      1,
      `Cosmos DB is not set up:\n- Nothing answers at ${endpoint}: look at COSMOS_ENDPOINT, the network, and the account's firewall.\n`,
    ]);
  });
});
