import { CosmosClient, TimeoutError } from "@azure/cosmos";
import { AggregateAuthenticationError, CredentialUnavailableError } from "@azure/identity";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerInTime } from "../../../../services/store/cosmos/answer-in-time.ts";
import { connectCosmos } from "../../../../services/store/cosmos/connect-cosmos.ts";
import { storeFailure } from "../../../../services/store/cosmos/cosmos-failure.ts";
import { initCosmos } from "../../../../services/store/cosmos/init-cosmos.ts";
import { loopback } from "../../../bot/loopback.ts";

const key = Buffer.alloc(64, 7).toString("base64");

function connect(endpoint: string) {
  const connection = connectCosmos({ endpoint, key, database: "watchdesk" });
  onTestFinished(() => connection.close());
  return connection;
}

const refusalBy = (endpoint: string) => initCosmos(connect(endpoint), { mayCreate: true });

describe("connectCosmos", () => {
  it("says that nothing answers", async () => {
    const server = await loopback(() => undefined);
    await server.close();
    await expect(refusalBy(server.origin)).rejects.toMatchObject({
      code: "store-unavailable",
      retryable: true,
      detail: "no answer",
      message: "The store does not answer.",
    });
  });

  it.each([
    ["a page", 200, "<html>Sign in to the network</html>"],
    ["a page of a proxy that cannot go on", 502, "<html>Bad gateway</html>"],
    ["an empty refusal", 503, ""],
  ])("says that what answers is not Cosmos DB: %s", async (_what, status, body) => {
    const server = await loopback((_request, response) => {
      response.writeHead(status, { "content-type": "text/html" });
      response.end(body);
    });
    await expect(refusalBy(server.origin)).rejects.toMatchObject({
      code: "store-unavailable",
      retryable: true,
      message: "What answers is not Cosmos DB: look at COSMOS_ENDPOINT and at proxies in between.",
    });
  });

  it("repeats what Cosmos is too busy for three times by itself, and no longer", async () => {
    const server = await loopback((_request, response) => {
      response.writeHead(429, { "content-type": "application/json", "x-ms-retry-after-ms": "1" });
      response.end(JSON.stringify({ message: "Request rate is large." }));
    });
    await expect(refusalBy(server.origin)).rejects.toMatchObject({ retryable: true, detail: "429" });
    expect(server.requests).toHaveLength(4);
  });

  it("asks a server on this machine for items alone, not for the regions of an account", async () => {
    const server = await loopback((_request, response) => {
      response.writeHead(404, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: "none" }));
    });
    await connect(server.origin).container.item("a", "b").read();
    const paths = new Set(server.requests.map(({ path }) => path.replace(/^\/+/, "")));
    expect(paths).not.toContain("");
    expect([...paths].every((path) => path.startsWith("dbs/watchdesk/colls/items"))).toBe(true);
  });
});

describe("answerInTime", () => {
  it("ends a read that the client would go on repeating", async () => {
    const silent = await loopback(() => undefined);
    const client = new CosmosClient({ endpoint: silent.origin, key, connectionPolicy: { requestTimeout: 20 } });
    onTestFinished(() => client.dispose());
    const database = client.database("watchdesk");
    const began = performance.now();
    await expect(answerInTime((abortSignal) => database.read({ abortSignal }), 200)).rejects.toThrow(TimeoutError);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(silent.requests.length).toBeGreaterThan(1);
  });

  it("hands the answer and the failure on as they are", async () => {
    expect(await answerInTime(async () => "answer")).toBe("answer");
    await expect(answerInTime(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

describe("storeFailure", () => {
  it.each([
    new CredentialUnavailableError("ManagedIdentityCredential: no identity was found."),
    new AggregateAuthenticationError([new Error("no")], "ChainedTokenCredential authentication failed."),
  ])("says what to do where no identity signs in: $name", (error) => {
    expect(storeFailure(error)).toMatchObject({
      code: "store-unavailable",
      retryable: false,
      detail: error.name,
      message: expect.stringMatching(/^No identity signs in to Cosmos DB here: /),
    });
  });

  it("leaves a fault of ours as it is", () => {
    const fault = new TypeError("a is not a function");
    expect(storeFailure(fault)).toBe(fault);
  });
});
