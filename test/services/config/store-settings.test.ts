import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createSettingReader } from "../../../services/config/setting-reader.ts";
import { loadCosmosSetting, storeSetting } from "../../../services/config/store-settings.ts";

const key = `${"canary".repeat(14)}kk==`;
const cosmos = { STORE: "cosmos", COSMOS_ENDPOINT: "https://harbor.documents.azure.com:443/", COSMOS_KEY: key };

function read(environment: Record<string, string | undefined>) {
  const reader = createSettingReader(environment);
  return { setting: storeSetting(reader), problems: reader.problems };
}

describe("storeSetting", () => {
  it("is a file unless told otherwise", () => {
    expect(read({})).toEqual({ setting: { kind: "sqlite", path: "data/watchdesk.db" }, problems: [] });
    expect(read({ SQLITE_PATH: "/srv/watchdesk.db" }).setting).toEqual({ kind: "sqlite", path: "/srv/watchdesk.db" });
  });

  it("reads Cosmos DB with its key, which shows itself on purpose only", () => {
    const { setting, problems } = read(cosmos);
    expect(problems).toEqual([]);
    expect(setting).toMatchObject({ endpoint: "https://harbor.documents.azure.com", database: "watchdesk" });
    expect(setting?.kind === "cosmos" && setting.key?.reveal()).toBe(key);
    expect(`${inspect(setting, { depth: 9, showHidden: true })}${JSON.stringify(setting)}`).not.toContain("canary");
  });

  it("signs in by identity where there is no key", () => {
    const environment = { ...cosmos, COSMOS_KEY: "", COSMOS_DATABASE: "alerts 2" };
    expect(read(environment).setting).toMatchObject({ key: null, database: "alerts 2" });
  });

  it("takes plain http from a loopback address, with a key", () => {
    const environment = { ...cosmos, COSMOS_ENDPOINT: "http://127.0.0.1:8081" };
    expect(read(environment).setting).toMatchObject({ endpoint: "http://127.0.0.1:8081" });
    expect(read({ ...environment, COSMOS_KEY: undefined }).problems).toEqual([
      "COSMOS_KEY is missing; an identity is never sent over plain http, so a loopback address needs the key.",
    ]);
  });

  it.each([
    [{ STORE: "postgres" }, "STORE must be sqlite, cosmos."],
    [{ COSMOS_ENDPOINT: "" }, "COSMOS_ENDPOINT is missing; set it in the environment or in .env."],
    [{ COSMOS_ENDPOINT: "http://harbor.documents.azure.com" }, /^COSMOS_ENDPOINT must be the account's https address/],
    [{ COSMOS_ENDPOINT: "harbor" }, /^COSMOS_ENDPOINT must be/],
    [{ COSMOS_ENDPOINT: "https://user@harbor.documents.azure.com" }, /^COSMOS_ENDPOINT must be/],
    [{ COSMOS_ENDPOINT: "https://harbor.documents.azure.com/dbs/x" }, /^COSMOS_ENDPOINT must be/],
    [{ COSMOS_KEY: `AccountEndpoint=https://a.example;AccountKey=${key}` }, /^COSMOS_KEY is no key of Cosmos DB; copy/],
    [{ COSMOS_KEY: key.slice(1) }, /^COSMOS_KEY is no key of Cosmos DB/],
    [{ COSMOS_DATABASE: "a/b" }, /^COSMOS_DATABASE is no name for a database/],
    [{ COSMOS_DATABASE: "d".repeat(256) }, /^COSMOS_DATABASE is no name/],
  ])("refuses %j in a sentence that shows no secret", (changes, sentence) => {
    const { problems } = read({ ...cosmos, ...changes });
    expect(problems).toEqual([sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence]);
    expect(problems.join(" ")).not.toContain("canary");
  });

  it("tells all that is wrong at once", () => {
    const { problems } = read({ STORE: "cosmos", COSMOS_KEY: "k", COSMOS_DATABASE: "#" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "COSMOS_ENDPOINT",
      "COSMOS_KEY",
      "COSMOS_DATABASE",
    ]);
  });

  it("does not look at what the other store would need", () => {
    expect(read({ COSMOS_ENDPOINT: "nonsense", COSMOS_KEY: "k" }).problems).toEqual([]);
    const asked: string[] = [];
    const environment = new Proxy<Record<string, string>>(cosmos, {
      get: (target, name) => {
        asked.push(String(name));
        return target[String(name)];
      },
    });
    read(environment);
    expect(asked).not.toContain("SQLITE_PATH");
  });
});

describe("loadCosmosSetting", () => {
  it("needs nothing but Cosmos DB's own settings", () => {
    const { COSMOS_ENDPOINT } = cosmos;
    expect(loadCosmosSetting({ COSMOS_ENDPOINT })).toEqual({
      kind: "ok",
      setting: { kind: "cosmos", endpoint: "https://harbor.documents.azure.com", key: null, database: "watchdesk" },
    });
    expect(loadCosmosSetting({ COSMOS_ENDPOINT, COSMOS_KEY: "k" })).toMatchObject({
      problems: [expect.stringMatching(/^COSMOS_KEY/)],
    });
  });
});
