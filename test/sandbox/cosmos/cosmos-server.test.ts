import { BulkOperationType, type Container, CosmosClient, ErrorResponse, type OperationInput } from "@azure/cosmos";
import { afterEach, describe, expect, it } from "vitest";
import { INDEXING_POLICY } from "../../../services/store/cosmos/indexing-policy.ts";
import type { CosmosCorrection } from "./corrections.ts";
import { type CosmosServer, type CosmosServerOptions, startCosmosServer } from "./cosmos-server.ts";

interface Doc {
  readonly id: string;
  readonly pk: string;
  readonly kind?: string;
  readonly keys?: Readonly<Record<string, string | number | null>>;
  readonly ttl?: number;
  readonly value?: unknown;
}

let server: CosmosServer;
let client: CosmosClient;
afterEach(async () => {
  client.dispose();
  await server.close();
});

async function open(options: CosmosServerOptions & { key?: string } = {}): Promise<Container> {
  server = await startCosmosServer(options);
  const connectionPolicy = { enableEndpointDiscovery: false, requestTimeout: 5_000 };
  client = new CosmosClient({ endpoint: server.endpoint, key: options.key ?? server.key, connectionPolicy });
  const { database } = await client.databases.createIfNotExists({ id: "db" });
  const { container } = await database.containers.createIfNotExists({
    id: "items",
    partitionKey: { paths: ["/pk"] },
    defaultTtl: -1,
    indexingPolicy: INDEXING_POLICY,
  });
  return container;
}

const doc = (id: string, pk = "a", more: Partial<Doc> = {}): Doc => ({
  id,
  pk,
  kind: "x",
  keys: { order: id },
  ...more,
});
const statusOf = async (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ErrorResponse ? error.code : error),
  );
const without = (...corrections: CosmosCorrection[]) => ({ without: corrections });
const create = (item: Doc): OperationInput => ({
  operationType: BulkOperationType.Create,
  resourceBody: { ...item } as never,
});

describe("the simulated Cosmos DB", () => {
  it.each([
    ["as on Azure", {}, ["a1"]],
    ["without the correction", without("partition-scope"), ["a1", "b1"]],
  ] as const)("partition-scope: a query sees its partition only (%s)", async (_how, options, found) => {
    const container = await open(options);
    for (const item of [doc("a1"), doc("b1", "b")]) await container.items.create(item);
    const { resources } = await container.items.query<Doc>("SELECT * FROM c", { partitionKey: "a" }).fetchAll();
    expect(resources.map(({ id }) => id)).toEqual([...found]);
  });

  it("query-plan: a query over all partitions is merged in its order, and pages", async () => {
    const container = await open();
    for (let at = 0; at < 7; at += 1) await container.items.create(doc(`i${at}`, `p${at % 3}`));
    const iterator = container.items.query<Doc>("SELECT * FROM c WHERE c.kind = 'x' ORDER BY c.keys[\"order\"] DESC", {
      maxItemCount: 3,
    });
    const pages: string[][] = [];
    while (iterator.hasMoreResults()) pages.push((await iterator.fetchNext()).resources?.map(({ id }) => id) ?? []);
    expect(pages.flat()).toEqual(["i6", "i5", "i4", "i3", "i2", "i1", "i0"]);
    const keys = await container.items.query('SELECT VALUE c.keys FROM c ORDER BY c.keys["order"]').fetchAll();
    expect(keys.resources[0]).toEqual({ order: "i0" });
    expect(server.requests.acrossPartitions().length).toBeGreaterThan(0);
  });

  it("orders, counts and pages within a partition", async () => {
    const container = await open();
    for (let at = 0; at < 5; at += 1) await container.items.create(doc(`i${at}`));
    const iterator = container.items.query<Doc>(
      'SELECT * FROM c WHERE c.keys["order"] > \'i0\' ORDER BY c.keys["order"]',
      {
        partitionKey: "a",
        maxItemCount: 2,
      },
    );
    const first = await iterator.fetchNext();
    const second = await iterator.fetchNext();
    expect([first, second].map(({ resources }) => resources.map(({ id }) => id))).toEqual([
      ["i1", "i2"],
      ["i3", "i4"],
    ]);
    const count = await container.items.query("SELECT VALUE COUNT(1) FROM c", { partitionKey: "a" }).fetchAll();
    expect(count.resources).toEqual([5]);
    await container.items.create(doc("i1", "b"));
    const overAll = await container.items.query('SELECT VALUE COUNT(1) FROM c WHERE c.id != "i2"').fetchAll();
    expect(overAll.resources).toEqual([5]);
  });

  it.each([
    ["as on Azure", {}, undefined],
    ["without the correction", without("atomic-batch"), "n"],
  ] as const)("atomic-batch: all or nothing (%s)", async (_how, options, left) => {
    const container = await open(options);
    await container.items.create(doc("there"));
    const answer = await container.items.batch([create(doc("n")), create(doc("there"))], "a");
    expect(answer.result?.map(({ statusCode }) => statusCode)).toEqual(left === undefined ? [424, 409] : [201, 409]);
    expect((await container.item("n", "a").read<Doc>()).resource?.id).toBe(left);
  });

  it("atomic-batch: at most 100 operations, and a read in it must find its item", async () => {
    const container = await open();
    const many = Array.from({ length: 101 }, (_, at) => create(doc(`i${at}`)));
    await expect(container.items.batch(many, "a")).rejects.toThrow("more than 100 operations");
    const read = { operationType: BulkOperationType.Read, id: "nobody" };
    const answer = await container.items.batch([read, create(doc("n"))], "a");
    expect(answer.result?.map(({ statusCode }) => statusCode)).toEqual([404, 424]);
  });

  it("preconditions: 412 for another version, 409 for what is there, 404 for what is not", async () => {
    const container = await open();
    const { etag } = await container.items.create(doc("i"));
    const replace = (ifMatch: string) =>
      statusOf(
        container.item("i", "a").replace(doc("i"), { accessCondition: { type: "IfMatch", condition: ifMatch } }),
      );
    expect(await replace(etag)).toBe(200);
    expect(await replace(etag)).toBe(412);
    expect(await statusOf(container.items.create(doc("i")))).toBe(409);
    expect(await statusOf(container.item("nobody", "a").replace(doc("nobody")))).toBe(404);
  });

  it.each([
    ["as on Azure", {}, [413, 400, 400]],
    ["without the correction", without("item-limits", "time-to-live"), [200, 200, 200]],
  ] as const)("item-limits and time-to-live refuse what Azure does (%s)", async (_how, options, statuses) => {
    const container = await open(options);
    const found = [
      await statusOf(container.items.create(doc("big", "a", { value: "x".repeat(2 * 1024 * 1024) }))),
      await statusOf(container.items.create(doc("x".repeat(1_024)))),
      await statusOf(container.items.create(doc("t", "a", { ttl: 0 }))),
    ];
    expect(found).toEqual([...statuses]);
  });

  it.each([
    ["as on Azure", {}, undefined],
    ["without the correction", without("time-to-live"), "t"],
  ] as const)("time-to-live: an item ends by the clock (%s)", async (_how, options, left) => {
    let seconds = 0;
    const container = await open({ ...options, now: () => new Date(1_700_000_000_000 + seconds * 1_000) });
    await container.items.create(doc("t", "a", { ttl: 10 }));
    seconds = 9;
    expect((await container.item("t", "a").read<Doc>()).resource?.id).toBe("t");
    seconds = 10;
    expect((await container.item("t", "a").read<Doc>()).resource?.id).toBe(left);
  });

  it.each([
    ["as on Azure", {}, 401],
    ["without the correction", without("authorization"), 200],
  ] as const)("authorization: a wrong key is refused (%s)", async (_how, options, status) => {
    expect(await statusOf(open({ ...options, key: Buffer.from("wrong").toString("base64") }))).toBe(status);
  });

  it.each([
    ["as on Azure", {}, 1003],
    ["without the correction", without("missing-owner"), 1003],
  ] as const)(
    "missing-owner: a missing container is told apart from a missing item (%s)",
    async (_how, options, substatus) => {
      const container = await open(options);
      expect((await container.item("nobody", "a").read()).substatus ?? 0).toBe(0);
      const answer = await client.database("db").container("gone").item("i", "a").read();
      expect([answer.statusCode, answer.substatus]).toEqual([404, substatus]);
    },
  );

  it.each([
    ["as on Azure", {}, 400],
    ["without the correction", without("ordered-paths"), 200],
  ] as const)("ordered-paths: no order without an index (%s)", async (_how, options, status) => {
    const container = await open(options);
    await container.items.create(doc("i"));
    const query = container.items.query("SELECT * FROM c ORDER BY c['value']", { partitionKey: "a" });
    expect(await statusOf(query.fetchAll())).toBe(status);
  });

  it("request-charge: a write costs more than a read, and a large item more than a small one", async () => {
    const container = await open();
    const small = await container.items.create(doc("s"));
    const large = await container.items.create(doc("l", "a", { value: "x".repeat(100_000) }));
    const read = await container.item("s", "a").read();
    expect(read.requestCharge).toBe(1);
    expect(small.requestCharge).toBeGreaterThan(5);
    expect(large.requestCharge).toBeGreaterThan(40);
    expect(server.requests.charge()).toBeCloseTo(small.requestCharge + large.requestCharge + read.requestCharge, 1);
  });

  it("faults: hit the next request they fit, before or after it is done", async () => {
    const container = await open();
    server.faults.next("503After", { operation: "create" });
    expect(await statusOf(container.items.create(doc("done")))).toBe(503);
    server.faults.next("503", { operation: "create" });
    expect(await statusOf(container.items.create(doc("not")))).toBe(503);
    server.faults.next("resetAfter", { operation: "create" });
    expect(await statusOf(container.items.create(doc("reset")))).not.toBe(200);
    server.faults.next("429", { operation: "create" });
    expect(await statusOf(container.items.create(doc("patient")))).toBe(200);
    const { resources } = await container.items.query<Doc>("SELECT * FROM c", { partitionKey: "a" }).fetchAll();
    expect(resources.map(({ id }) => id)).toEqual(["done", "reset", "patient"]);
  });
});
