import { expect, it } from "vitest";
import { MINUTE } from "../../../services/domain/instant.ts";
import { openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";

it.each(["first", "second"])("deletes what has ended by the clock of the %s test that opens it", async () => {
  const clock = movedClock();
  const { container, dispose } = await openCosmosForTest(clock);
  try {
    await container.items.create({ id: "item", pk: "p", ttl: 90 });
    clock.advance(MINUTE);
    expect((await container.item("item", "p").read()).statusCode).toBe(200);
    clock.advance(MINUTE);
    expect((await container.item("item", "p").read()).statusCode).toBe(404);
  } finally {
    await dispose();
  }
});
