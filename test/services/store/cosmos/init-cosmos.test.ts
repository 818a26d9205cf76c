import { PartitionKeyKind } from "@azure/cosmos";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CosmosConnection, connectCosmos } from "../../../../services/store/cosmos/connect-cosmos.ts";
import { CONTAINER_DEFINITION, wrongParts } from "../../../../services/store/cosmos/container-definition.ts";
import { initCosmos } from "../../../../services/store/cosmos/init-cosmos.ts";
import { type CosmosServer, startCosmosServer } from "../../../sandbox/cosmos/cosmos-server.ts";
import { frontOf } from "./front.ts";

const THERE = [
  "The database “watchdesk” is there.",
  "The container “items” is there, as it has to be.",
  "The schema version is that of this Watchdesk.",
];

describe("initCosmos", () => {
  let server: CosmosServer;
  const closing: (() => unknown)[] = [];
  beforeEach(async () => {
    server = await startCosmosServer();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await server.close();
  });

  function connect(to: { endpoint?: string; key?: string } = {}): CosmosConnection {
    const connection = connectCosmos({ endpoint: server.endpoint, key: server.key, database: "watchdesk", ...to });
    closing.push(() => connection.close());
    return connection;
  }
  const init = (connection = connect(), mayCreate = true) => initCosmos(connection, { mayCreate });
  async function behind(refuse: Parameters<typeof frontOf>[1]): Promise<CosmosConnection> {
    const front = await frontOf(server.endpoint, refuse);
    closing.push(() => front.close());
    return connect({ endpoint: front.endpoint });
  }

  it("creates what is missing, and nothing a second time", async () => {
    expect(await init()).toEqual({
      done: [
        "The database “watchdesk” was created.",
        "The container “items” was created, with autoscale up to 1,000 RU/s.",
        "The schema version was written.",
      ],
      missing: [],
    });
    const { resource } = await connect().container.read();
    expect(wrongParts(resource ?? { id: "" })).toEqual([]);
    expect(await init()).toEqual({ done: THERE, missing: [] });
  });

  it("asks for autoscale, and for no throughput where the account is serverless", async () => {
    const asked: { scaled: boolean }[] = [];
    const connection = await behind(({ method, path, body }) => {
      if (method !== "POST" || !path.endsWith("/colls")) return null;
      asked.push({ scaled: body.includes("maxThroughput") });
      if (asked.length > 1) return null;
      const message = "Setting offer throughput or autopilot on container is not supported for serverless accounts.";
      return { status: 400, message };
    });
    const { done } = await init(connection);
    expect(done).toContain("The container “items” was created, without a throughput, since the account is serverless.");
    expect(asked).toHaveLength(2);
  });

  it("corrects another indexing policy and time to live, and keeps the items", async () => {
    const { client } = connect();
    const { database } = await client.databases.create({ id: "watchdesk" });
    const { container } = await database.containers.create({ id: "items", partitionKey: { paths: ["/pk"] } });
    await container.items.create({ id: "kept", pk: "a" });
    expect((await init()).done).toEqual([
      "The database “watchdesk” is there.",
      "The container “items” is there; its time to live and indexing policy was corrected.",
      "The schema version was written.",
    ]);
    expect((await init()).done).toEqual(THERE);
    expect((await container.item("kept", "a").read()).resource).toMatchObject({ id: "kept" });
  });

  it("refuses a container with another partition key", async () => {
    const { database } = await connect().client.databases.create({ id: "watchdesk" });
    await database.containers.create({ id: "items", partitionKey: { paths: ["/id"] } });
    await expect(init()).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringMatching(
        /^The container “items” has another partition key than \/pk, which cannot be changed/,
      ),
    });
  });

  describe("where the credential may not create", () => {
    it("says what is missing, and makes nothing", async () => {
      expect(await init(connect(), false)).toEqual({
        done: [],
        missing: ["The database “watchdesk” is missing, and this credential may not create it."],
      });
      await connect().client.databases.create({ id: "watchdesk" });
      expect(await init(connect(), false)).toEqual({
        done: ["The database “watchdesk” is there."],
        missing: ["The container “items” is missing, and this credential may not create it."],
      });
    });

    it("writes the schema version where that alone is missing", async () => {
      const { database } = await connect().client.databases.create({ id: "watchdesk" });
      await database.containers.create(CONTAINER_DEFINITION);
      expect(await init(connect(), false)).toEqual({
        done: [...THERE.slice(0, 2), "The schema version was written."],
        missing: [],
      });
    });

    it("says what is not as it has to be", async () => {
      const { database } = await connect().client.databases.create({ id: "watchdesk" });
      await database.containers.create({ ...CONTAINER_DEFINITION, defaultTtl: 60 });
      expect((await init(connect(), false)).missing).toEqual([
        "The container “items” has another time to live than Watchdesk needs, and this credential may not change it.",
      ]);
    });

    it("says the same of a key that Cosmos forbids it", async () => {
      const forbidden = { status: 403, message: "Operation 'POST' on resource 'dbs' is not allowed." };
      const connection = await behind(({ method, path }) => (method === "POST" && path === "/dbs" ? forbidden : null));
      expect((await init(connection)).missing).toEqual([
        "The database “watchdesk” is missing, and this credential may not create it.",
      ]);
    });
  });

  it("passes a refused key on as one sentence", async () => {
    const key = Buffer.alloc(64, 7).toString("base64");
    await expect(init(connect({ key }))).rejects.toMatchObject({
      code: "store-unavailable",
      detail: "401",
      message: expect.stringMatching(/^Cosmos DB does not take the credential: set COSMOS_KEY/),
    });
  });

  it("passes a firewall that refuses this machine on as one sentence", async () => {
    const message = "Request originated from IP 203.0.113.7 through public internet. This is blocked by your firewall.";
    const connection = await behind(() => ({ status: 403, message }));
    await expect(init(connection)).rejects.toMatchObject({ detail: "403", message: expect.stringMatching(/firewall/) });
  });
});

describe("wrongParts", () => {
  const right = { ...CONTAINER_DEFINITION };
  const { indexingPolicy } = right;

  it.each([
    ["as it is", right, []],
    [
      "as Cosmos gives it back",
      {
        ...right,
        partitionKey: { paths: ["/pk"], kind: PartitionKeyKind.Hash },
        indexingPolicy: { ...indexingPolicy, excludedPaths: [{ path: "/*" }, { path: '/"_etag"/?' }] },
      },
      [],
    ],
    [
      "with paths in another order",
      {
        ...right,
        indexingPolicy: { ...indexingPolicy, includedPaths: indexingPolicy.includedPaths?.toReversed() ?? [] },
      },
      [],
    ],
    ["without a time to live", { id: "items", partitionKey: right.partitionKey, indexingPolicy }, ["defaultTtl"]],
    ["with everything indexed", { ...right, indexingPolicy: { includedPaths: [{ path: "/*" }] } }, ["indexingPolicy"]],
    [
      "with another composite index",
      {
        ...right,
        indexingPolicy: { ...indexingPolicy, compositeIndexes: [[{ path: "/a", order: "ascending" as const }]] },
      },
      ["indexingPolicy"],
    ],
    ["with another partition key", { ...right, partitionKey: { paths: ["/id"] } }, ["partitionKey"]],
  ])("of a container %s", (_what, found, wrong) => {
    expect(wrongParts(found)).toEqual(wrong);
  });
});
