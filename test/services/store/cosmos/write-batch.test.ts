import { TimeoutError } from "@azure/cosmos";
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

  /** The container for one write that is done, whose answer is lost, and that others overwrite before it is looked up. */
  function overwritten(by: () => Promise<unknown>): CosmosContainer {
    const { items } = cosmos.container;
    const losing = {
      batch: async (...asked: Parameters<typeof items.batch>) => {
        Reflect.deleteProperty(losing, "batch");
        await items.batch(...asked);
        await by();
        throw new TimeoutError("The answer is lost.");
      },
    };
    const lossy = Object.setPrototypeOf(losing, items);
    return cosmosContainer(Object.create(cosmos.container, { items: { value: lossy } }), {
      storeCharge: () => undefined,
    });
  }
  const head: Item = { id: "auditHead:1", kind: "auditHead", keys: {}, value: 1 };
  const row: Item = { id: "audit:1", kind: "audit", keys: {}, value: "row" };
  const overwrite = (...gone: readonly Item[]) =>
    container.write(
      P,
      gone.map((each) => ({ do: "put", item: each })),
    );

  it("is done where its answer is lost and others have overwritten a part of it since", async () => {
    const writing = overwritten(() => overwrite(head));
    const [first, second] = [
      { do: "create", item },
      { do: "create", item: head },
    ] as const;
    const stored = await writing.write(P, [first, second]);
    expect(stored).toEqual({ kind: "stored", etags: [(await container.read(P, item.id))?.etag, null] });
  });

  it("is told by its audit row, which nobody overwrites", async () => {
    const writing = overwritten(() => overwrite(item, head));
    const steps = [item, row, head].map((each) => ({ do: "create", item: each }) as const);
    expect(await writing.write(P, steps)).toMatchObject({ kind: "stored" });
  });

  it("is not known to be done where nothing of it is left to tell by", async () => {
    const writing = overwritten(() => overwrite(item));
    const write = writing.write(P, [{ do: "create", item }]);
    await expect(write).rejects.toMatchObject({ code: "store-unavailable", retryable: true });
  });

  it("is known not to be done where its audit row is not there", async () => {
    strike("resetBefore");
    await overwrite(item);
    const steps = [item, row].map((each) => ({ do: "create", item: each }) as const);
    expect(await container.write(P, steps)).toMatchObject({ kind: "conflict", step: 0 });
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
