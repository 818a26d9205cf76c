import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { type BotChild, botChild } from "./bot-child.ts";
import { adminOf, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { messagesSaying, wordsOf } from "./story.ts";

const ALERTS = 40;
const KILLS = 10;

describe("kill -9 at random moments of a storm", () => {
  let house: House;
  let admin: Person;
  let tenantId: string;
  const errors: string[] = [];
  /** Alerts whose posts were cut off twice: by the ambiguity rule no third card is tried. */
  const cutTwice = new Set<string>();
  let bot: BotChild;

  beforeAll(async () => {
    house = await openHouse();
    admin = await adminOf(house);
    ({ tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" }));
    await house.stopBot();
    bot = botChild(house, ({ level, sentence, fields }) => {
      if (level === "error") errors.push(String(sentence));
      if (sentence === "Teams never answered two posts of one card.") {
        cutTwice.add((JSON.parse(fields ?? "{}") as { alertId: string }).alertId);
      }
    });
    await bot.boot();
  }, 60_000);
  afterAll(async () => {
    await bot.kill();
    await house.close();
  });

  it("loses no alert, resolves and comments each once, and repeats a card only where a kill cut its post", async () => {
    const ids: string[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      for (let nth = 0; nth < ALERTS && ids.length < ALERTS; nth += 1) {
        const title = `Storm number ${String(ids.length).padStart(2, "0")}.`;
        ids.push(house.world.arrive(tenantId, { template: "eicar", severity: "medium", title }));
      }
      await house.pass(round % 3 === 2 ? 130_000 : 20_000);
      bot.tick();
      await pause(10 + Math.random() * 150);
      await bot.kill();
      await bot.boot();
    }
    for (let step = 0; step < 40; step += 1) await bot.pass(3000);
    for (let step = 0; step < 70; step += 1) await bot.pass(60_000);

    const alerts = ids.map((id) => house.world.findAlert(tenantId, id)?.body);
    expect(alerts.filter((alert) => alert?.status !== "resolved")).toEqual([]);
    expect(alerts.filter((alert) => alert?.comments.length !== 1).map((alert) => alert?.comments)).toEqual([]);
    const cards = ids.map((_, nth) => messagesSaying(house, admin, `Storm number ${String(nth).padStart(2, "0")}.`));
    expect(ids.filter((id, nth) => cards[nth]?.length === 0 && !cutTwice.has(id))).toEqual([]);
    // One in flight per worker of the tenant at the moment of a kill; more would be a card for nothing.
    const extras = cards.reduce((sum, each) => sum + each.length - 1, 0);
    expect(extras).toBeLessThanOrEqual(KILLS * 4);
    expect(cards.filter((each) => each.length > 2)).toEqual([]);
    // Of two cards the one that is known shows the truth; that of a cut-off post cannot be edited any more.
    const known = cards.filter((each, nth) => each.length > 0 && !cutTwice.has(ids[nth] ?? ""));
    expect(known.filter((each) => !each.some((card) => wordsOf(card).includes("Auto-resolved and commented")))).toEqual(
      [],
    );
    expect(errors).toEqual([]);
    expect(house.sandbox.unknownRequests).toEqual([]);
    expect(house.sandbox.teams.breaches).toEqual([]);
  }, 180_000);
});
