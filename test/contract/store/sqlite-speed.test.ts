import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "./opened-store.ts";
import { A, linked } from "./store-samples.ts";

const LINKS = 10_000;

describe("SQLite with 10,000 links", async () => {
  const stores = await openSqliteStores({ path: ":memory:", clock: movedClock() });
  beforeAll(async () => {
    for (let index = 0; index < LINKS; index += 1) {
      await linked(stores, { tenantDomain: `d${index}.example` }, `Customer ${(index * 7919) % LINKS}`);
    }
  }, 60_000);
  afterAll(() => stores.close());

  it.each([
    ["the first page", {}, 0],
    ["the last page", {}, LINKS - 10],
    ["a text that one link has", { text: "D9876.example" }, 0],
    ["a text that none has", { text: "nothing like it" }, 0],
  ])("lists %s with a p95 below 100 ms", async (_, search, offset) => {
    const durations: number[] = [];
    for (let run = 0; run < 40; run += 1) {
      const before = performance.now();
      await stores.links.list({ accountId: A, ...search, offset, limit: 10 });
      await stores.links.countByState({ accountId: A, ...search });
      durations.push(performance.now() - before);
    }
    const p95 = durations.sort((a, b) => a - b)[37];
    expect(p95).toBeLessThan(100);
  });
});
