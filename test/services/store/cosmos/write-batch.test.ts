import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CosmosContainer, cosmosContainer } from "../../../../services/store/cosmos/cosmos-container.ts";
import type { Item } from "../../../../services/store/cosmos/cosmos-item.ts";
import { type OpenedCosmos, openCosmosForTest } from "../../../contract/store/open-cosmos-for-test.ts";
import { movedClock } from "../../../contract/store/opened-store.ts";
import type { CosmosFault } from "../../../sandbox/cosmos/cosmos-faults.ts";

const P = "account:a";
const item: Item = { id: "roles", kind: "roles", keys: {}, value: ["first"] };

describe("a write in a bad hour of Cosmos", () => {
  const clock = movedClock();
  let cosmos: OpenedCosmos;
  let container: CosmosContainer;
  beforeEach(async () => {
    cosmos = await openCosmosForTest(clock);
    container = cosmosContainer(cosmos.container, { storeCharge: () => undefined });
  });
  afterEach(async () => {
    cosmos.server.faults.clear();
    await cosmos.dispose();
  });
  const strike = (fault: CosmosFault) => cosmos.server.faults.next(fault, { operation: "batch" });

  it.each<CosmosFault>(["429", "449", "503", "408", "resetBefore"])("is done after a %s", async (fault) => {
    strike(fault);
    expect(await container.write(P, [{ do: "create", item }])).toMatchObject({ kind: "stored" });
    expect(cosmos.server.faults.take("batch")).toBeNull();
    expect((await container.read(P, item.id))?.value).toEqual(["first"]);
  });

  it.each<CosmosFault>(["449", "503", "408", "resetBefore"])("is read where writes are after a %s", async (fault) => {
    await container.write(P, [{ do: "create", item }]);
    strike(fault);
    expect((await container.readNow(P, item.id))?.value).toEqual(["first"]);
    expect(cosmos.server.faults.take("batch")).toBeNull();
  });

  it.each<CosmosFault>(["503After", "resetAfter"])("is done once where the answer is lost: %s", async (fault) => {
    strike(fault);
    expect(await container.write(P, [{ do: "create", item }])).toMatchObject({ kind: "stored" });
    expect(await container.write(P, [{ do: "create", item }])).toMatchObject({ kind: "conflict", why: "exists" });
  });

  it.each([
    ["401", "COSMOS_KEY"],
    ["403", "Cosmos DB Built-in Data Contributor"],
    ["413", "2 MB"],
  ] as const)("says to the operator what a %s means", async (fault, words) => {
    strike(fault);
    const write = container.write(P, [{ do: "create", item }]);
    const sentence = expect.stringContaining(words);
    await expect(write).rejects.toMatchObject({ name: "Breakdown", code: "store-unavailable", message: sentence });
  });
});
