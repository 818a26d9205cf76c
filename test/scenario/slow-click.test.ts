import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { expectCalmEnd, wordsOf } from "./story.ts";

describe("A click that takes longer than Teams waits", () => {
  let house: House;
  let admin: Person;

  beforeAll(async () => {
    house = await openHouse({ clickPatienceMs: 1 });
    admin = await adminOf(house);
  });
  afterAll(() => house.close());

  it("is answered with a word at once, and the card follows when it is done", async () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `Slow customer ${at}`);
    const list = `import organizations\n${names.join("\n")}`;
    const [message] = (await house.sandbox.teams.say(admin, "personal", list)).replies;
    if (message === undefined) throw new Error("No preview.");
    const turn = await house.sandbox.teams.click(admin, message, "import.confirm");
    expect(turn.notice).toContain("Still working");
    await house.sandbox.teams.until(
      () => wordsOf(message).includes("3,000 organizations are added"),
      "the outcome in the place of the preview",
    );
    expectCalmEnd(house);
  });
});
