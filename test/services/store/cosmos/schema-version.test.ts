import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CosmosConnection, connectCosmos } from "../../../../services/store/cosmos/connect-cosmos.ts";
import { type CosmosContainer, cosmosContainer } from "../../../../services/store/cosmos/cosmos-container.ts";
import { initCosmos } from "../../../../services/store/cosmos/init-cosmos.ts";
import { initSchema, openSchema, SCHEMA, schemaStanding } from "../../../../services/store/cosmos/schema-version.ts";
import { type CosmosServer, startCosmosServer } from "../../../sandbox/cosmos/cosmos-server.ts";

describe("schemaStanding", () => {
  const own = { version: 3, oldestBeside: 2 };
  it.each([
    [null, "absent"],
    [{ version: 3, oldestBeside: 1 }, "current"],
    [{ version: 2, oldestBeside: 2 }, "olderBeside"],
    [{ version: 1, oldestBeside: 1 }, "tooOld"],
    [{ version: 4, oldestBeside: 3 }, "newerBeside"],
    [{ version: 9, oldestBeside: 2 }, "newerBeside"],
    [{ version: 4, oldestBeside: 4 }, "tooNew"],
    [{ version: "3" }, "unreadable"],
    [{ version: 0, oldestBeside: 0 }, "unreadable"],
    [undefined, "unreadable"],
  ])("%j is %s", (stored, standing) => {
    expect(schemaStanding(stored, own)).toBe(standing);
  });

  it("lets this version run beside itself", () => {
    expect(schemaStanding(SCHEMA, SCHEMA)).toBe("current");
    expect(SCHEMA.oldestBeside).toBeLessThanOrEqual(SCHEMA.version);
  });
});

describe("the schema of a container", () => {
  let server: CosmosServer;
  let connection: CosmosConnection;
  let container: CosmosContainer;
  beforeEach(async () => {
    server = await startCosmosServer();
    connection = connectCosmos({ endpoint: server.endpoint, key: server.key, database: "watchdesk" });
    await initCosmos(connection, { mayCreate: true });
    container = cosmosContainer(connection.container, { storeCharge: () => undefined });
  });
  afterEach(async () => {
    connection.close();
    await server.close();
  });

  const stored = async () => (await container.read("schema", "schema"))?.value;
  const write = (value: unknown) =>
    container.write("schema", [{ do: "put", item: { id: "schema", kind: "schema", keys: {}, value } }]);

  it("is opened by the version that set it up, which writes nothing", async () => {
    await openSchema(container);
    expect(await stored()).toEqual(SCHEMA);
  });

  it.each([
    ["never set up", null, /^The container was never set up for Watchdesk: run `npm run cosmos:init`\.$/],
    ["a newer one's", { version: 2, oldestBeside: 2 }, /^A newer Watchdesk wrote this database/],
    ["damaged", { version: "new" }, /^What the database says of its version cannot be read/],
  ])("refuses one that is %s", async (_what, value, sentence) => {
    if (value === null) await container.write("schema", [{ do: "delete", id: "schema" }]);
    else await write(value);
    await expect(openSchema(container)).rejects.toMatchObject({
      code: "store-unavailable",
      retryable: false,
      message: expect.stringMatching(sentence),
    });
    expect(await stored()).toEqual(value ?? undefined);
  });

  it("lets the version before and the next one run beside each other while an upgrade rolls", async () => {
    const next = { version: 2, oldestBeside: 1 };
    await openSchema(container, next);
    expect(await stored()).toEqual(next);
    await openSchema(container, SCHEMA);
    expect(await stored()).toEqual(next);
  });

  it("asks for the older ones to be stopped where they cannot run beside", async () => {
    const next = { version: 2, oldestBeside: 2 };
    await expect(openSchema(container, next)).rejects.toThrow(
      "An older Watchdesk wrote this database, and must not run beside this one: stop it, then run `npm run cosmos:init`.",
    );
    expect(await initSchema(container, next)).toBe("raised");
    await openSchema(container, next);
    await expect(openSchema(container, SCHEMA)).rejects.toThrow("A newer Watchdesk wrote this database");
    await expect(initSchema(container, SCHEMA)).rejects.toThrow("A newer Watchdesk wrote this database");
  });

  it("is written once where many start at once", async () => {
    await container.write("schema", [{ do: "delete", id: "schema" }]);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => initSchema(container)));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => "current"), "written"]);
    const next = { version: 2, oldestBeside: 1 };
    await Promise.all(Array.from({ length: 8 }, () => openSchema(container, next)));
    expect(await stored()).toEqual(next);
  });
});
