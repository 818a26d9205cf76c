import { beforeEach, describe, expect, it } from "vitest";
import type { GatedActivity } from "../../bot/activity-gate.ts";
import { createTurnOnce, type TurnAnswer } from "../../bot/turn-once.ts";
import { MINUTE, SECOND } from "../../services/domain/instant.ts";
import type { Stores } from "../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { type MovedClock, movedClock } from "../contract/store/opened-store.ts";

let clock: MovedClock;
let stores: Stores;
let runs: number;
beforeEach(async () => {
  clock = movedClock();
  stores = await openSqliteStores({ path: ":memory:", clock });
  runs = 0;
});
/** A new process on the same store. */
const process = () => createTurnOnce({ ephemeral: stores.ephemeral, clock });
const run = async (): Promise<TurnAnswer> => {
  runs += 1;
  return { status: 200, body: { turn: runs } };
};
const answer = (turn: number) => ({ status: 200, body: { turn } });

const message = (changes: Partial<GatedActivity> = {}): GatedActivity => ({
  type: "message",
  id: "activity-1",
  channelId: "msteams",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  conversation: { id: "channel-1" },
  from: { id: "29:robin" },
  ...changes,
});
const click = (changes: Partial<GatedActivity> = {}) =>
  message({
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId: "card-1",
    value: { action: { verb: "alert.claim" } },
    ...changes,
  });

describe("createTurnOnce: a message", () => {
  it("sent again gets the first answer, by another process too, for ten minutes", async () => {
    const once = process();
    expect(await once(message(), run)).toEqual(answer(1));
    expect(await once(message(), run)).toEqual(answer(1));
    expect(await process()(message(), run)).toEqual(answer(1));
    clock.advance(10 * MINUTE);
    expect(await once(message(), run)).toEqual(answer(2));
  });

  it.each([
    ["another id", { id: "activity-2" }],
    ["another conversation", { conversation: { id: "channel-2" } }],
    ["another kind", { type: "messageReaction" }],
  ])("of %s is another turn", async (_what, changes) => {
    const once = process();
    await once(message(), run);
    expect(await once(message(changes), run)).toEqual(answer(2));
  });

  it("without an id is run each time: there is nothing to know it again by", async () => {
    const once = process();
    const { id: _id, ...typing } = message({ type: "typing" });
    await once(typing, run);
    expect(await once(typing, run)).toEqual(answer(2));
  });

  it("sent again while it still runs shares that run", async () => {
    const once = process();
    let end: (answer: TurnAnswer) => void = () => {};
    const slow = () =>
      new Promise<TurnAnswer>((resolve) => {
        runs += 1;
        end = resolve;
      });
    const first = once(message(), slow);
    const second = once(message(), run);
    await expect.poll(() => runs).toBe(1);
    end({ status: 202, body: null });
    expect(await Promise.all([first, second])).toEqual([
      { status: 202, body: null },
      { status: 202, body: null },
    ]);
    expect(runs).toBe(1);
  });

  it("whose process died in the turn is run again, and its answer kept then", async () => {
    const died = () => Promise.reject(new Error("killed"));
    await expect(process()(message(), died)).rejects.toThrow("killed");
    const next = process();
    expect(await next(message(), run)).toEqual(answer(1));
    expect(await next(message(), run)).toEqual(answer(1));
  });
});

describe("createTurnOnce: a click", () => {
  it("that Teams sends again under a new id gets the first answer", async () => {
    const once = process();
    expect(await once(click(), run)).toEqual(answer(1));
    clock.advance(15 * SECOND);
    expect(await once(click({ id: "activity-2" }), run)).toEqual(answer(1));
  });

  it("made again by hand later is a click of its own", async () => {
    const once = process();
    await once(click(), run);
    clock.advance(20 * SECOND);
    expect(await once(click({ id: "activity-2" }), run)).toEqual(answer(2));
  });

  it.each([
    ["by somebody else", { from: { id: "29:kim" } }],
    ["on another card", { replyToId: "card-2" }],
    ["of another button", { value: { action: { verb: "alert.reopen" } } }],
    ["in another conversation", { conversation: { id: "channel-2" } }],
    ["of another invoke", { name: "task/fetch" }],
  ])("%s is another turn", async (_what, changes) => {
    const once = process();
    await once(click(), run);
    expect(await once(click(changes), run)).toEqual(answer(2));
  });
});
