import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECOND, shift } from "../../../../services/domain/instant.ts";
import type { EphemeralStore } from "../../../../services/ports/stores.ts";
import { type OpenedCosmos, openCosmosForTest } from "../../../contract/store/open-cosmos-for-test.ts";
import { movedClock } from "../../../contract/store/opened-store.ts";

describe("the end of a small value in Cosmos DB", () => {
  const clock = movedClock();
  let cosmos: OpenedCosmos;
  let ephemeral: EphemeralStore;
  beforeEach(async () => {
    cosmos = await openCosmosForTest(clock);
    ephemeral = cosmos.stores.ephemeral;
  });
  afterEach(() => cosmos.dispose());
  const put = (milliseconds: number, etag: string | null = null) =>
    ephemeral.put({ key: "turn", value: "{}", etag, endsAt: shift(clock.now(), milliseconds) });
  const isInCosmos = async () =>
    (await cosmos.container.item("ephemeral", "ephemeral:turn").read()).resource !== undefined;

  it.each([0, 1, 500, 999])("is not brought about by Cosmos before its time, %i ms into a second", async (into) => {
    clock.advance(SECOND - (Date.parse(clock.now()) % SECOND) + into);
    expect(await put(SECOND)).toBe("stored");
    clock.advance(SECOND - 1);
    expect(await ephemeral.get("turn")).toMatchObject({ value: "{}" });
    clock.advance(1);
    expect(await ephemeral.get("turn")).toBeNull();
    clock.advance(2 * SECOND);
    expect(await isInCosmos()).toBe(false);
  });

  it("is moved with each put", async () => {
    await put(10 * SECOND);
    clock.advance(9 * SECOND);
    await put(10 * SECOND, (await ephemeral.get("turn"))?.etag ?? "");
    clock.advance(9 * SECOND);
    expect(await ephemeral.get("turn")).not.toBeNull();
    clock.advance(3 * SECOND);
    expect(await isInCosmos()).toBe(false);
  });

  it("may have been before it was put", async () => {
    expect(await put(-SECOND)).toBe("stored");
    expect(await ephemeral.get("turn")).toBeNull();
    expect(await put(SECOND)).toBe("stored");
    expect(await ephemeral.get("turn")).not.toBeNull();
  });
});
