import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND, shift } from "../../../services/domain/instant.ts";
import type { AnnounceOutcome } from "../../../services/ports/announcer.ts";
import { at, binding, conversation } from "../../contract/store/store-samples.ts";
import { type AnnounceWorld, announceWorld } from "./announce-world.ts";

let world: AnnounceWorld;
beforeEach(async () => {
  world = await announceWorld();
  await world.bind("channel-1");
});
const ambiguous: AnnounceOutcome = { kind: "ambiguous", why: "status 503" };
const wait = (milliseconds: number): AnnounceOutcome => ({ kind: "wait", milliseconds });

describe("announceAlert: where", () => {
  it("posts to every bound conversation, edits each one later, and is at rest in between", async () => {
    await world.bind("channel-2");
    const id = await world.settled();
    await world.announce(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "post channel-2 r1"]);
    expect(await world.due(id)).toBeNull();
    await world.announce(id);
    expect(world.sent()).toHaveLength(2);
    await world.change(id);
    await world.change(id);
    await world.announce(id);
    expect(world.sent().slice(2)).toEqual(["edit message-1 channel-1 r3", "edit message-2 channel-2 r3"]);
    expect(await world.cards(id)).toMatchObject([
      { conversationId: "channel-1", state: "posted", activityId: "message-1", shownRevision: 3 },
      { conversationId: "channel-2", state: "posted", activityId: "message-2", shownRevision: 3 },
    ]);
  });

  it("posts to the 1:1 chat that connected the tenant until a conversation is bound, and keeps that card true after", async () => {
    await world.stores.conversations.put(conversation({ id: "chat-robin", kind: "personal" }));
    await world.stores.conversations.remove(world.scope.accountId, "channel-1");
    const id = await world.settled();
    await world.announce(id);
    expect(world.sent()).toEqual(["post chat-robin r1"]);
    await world.bind("channel-2");
    await world.change(id);
    await world.announce(id);
    expect(world.sent().slice(1)).toEqual(["post channel-2 r2", "edit message-1 chat-robin r2"]);
  });

  it("does nothing before it is due, at rest, or for what is unknown", async () => {
    await world.announce(await world.settled({}, { nextAnnounceAt: at(1) }));
    await world.announce(await world.settled({}, { nextAnnounceAt: null }));
    await world.announce("alert-unknown");
    expect(world.sent()).toEqual([]);
  });

  it("skips an older alert that nobody touched, for good", async () => {
    const id = await world.settled({}, { baseline: true });
    await world.announce(id);
    expect(world.sent()).toEqual([]);
    expect(await world.due(id)).toBeNull();
  });
});

describe("announceAlert: Teams makes wait, or does not answer", () => {
  it("keeps a post due for as long as Teams asks, without counting it", async () => {
    const id = await world.settled();
    world.answers.push(wait(90 * SECOND), wait(10 * SECOND));
    await world.announce(id);
    expect(await world.cards(id)).toMatchObject([{ state: "due", ambiguousPosts: 0 }]);
    expect(await world.due(id)).toBe(shift(at(0), 90 * SECOND));
    await world.announceWhenDue(id);
    await world.announceWhenDue(id);
    expect(world.sent()).toHaveLength(3);
    expect(await world.cards(id)).toMatchObject([{ state: "posted", activityId: "message-3", ambiguousPosts: 0 }]);
  });

  it("is due again at the soonest that any conversation asks for", async () => {
    await world.bind("channel-2");
    const id = await world.settled();
    world.answers.push(wait(90 * SECOND), wait(30 * SECOND));
    await world.announce(id);
    expect(await world.due(id)).toBe(shift(at(0), 30 * SECOND));
  });

  it("posts at most once more for a post that was never answered, counted", async () => {
    const id = await world.settled();
    world.answers.push(ambiguous, ambiguous, ambiguous);
    await world.announce(id);
    expect(await world.cards(id)).toMatchObject([{ state: "posting", ambiguousPosts: 0 }]);
    expect(await world.due(id)).toBe(shift(at(0), 15 * SECOND));
    await world.announceWhenDue(id);
    expect(await world.cards(id)).toMatchObject([{ state: "posting", ambiguousPosts: 1 }]);
    await world.announceWhenDue(id);
    await world.change(id);
    await world.announce(id);
    expect(world.sent()).toHaveLength(2);
    expect(world.lines).toContain(
      "warn: Teams never answered two posts of one card; it is posted again within the hour.",
    );
  });

  it("does not lose the alert while Teams is away: after an hour without an answer it is posted again", async () => {
    const id = await world.settled();
    world.answers.push(ambiguous, ambiguous);
    await world.announce(id);
    await world.announceWhenDue(id);
    world.clock.advance(2 * HOUR);
    await world.announce(id);
    expect(world.sent()).toHaveLength(3);
    expect(await world.cards(id)).toMatchObject([{ state: "posted" }]);
    expect(await world.due(id)).toBeNull();
  });

  it("posts at most once more even when Teams makes wait between two posts that were never answered", async () => {
    const id = await world.settled();
    world.answers.push(ambiguous, wait(SECOND), ambiguous, ambiguous);
    const hour = shift(world.clock.now(), HOUR);
    for (let turn = 0; turn < 20; turn += 1) {
      const due = await world.due(id);
      if (due !== null && due < hour) await world.announceWhenDue(id);
    }
    expect(world.sent()).toHaveLength(3);
    expect(world.answers).toHaveLength(1);
    expect(await world.cards(id)).toMatchObject([{ state: "posting", ambiguousPosts: 1 }]);
  });

  it("takes a process that died while posting for a post without an answer", async () => {
    const id = await world.settled();
    world.answers.push(() => Promise.reject(new Error("killed")));
    await expect(world.announce(id)).rejects.toThrow("killed");
    expect(await world.cards(id)).toMatchObject([{ state: "posting", shownRevision: 0 }]);
    await world.announceWhenDue(id);
    expect(world.sent()).toHaveLength(1);
    world.clock.advance(15 * SECOND);
    await world.announce(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "post channel-1 r1"]);
    expect(await world.cards(id)).toMatchObject([{ state: "posted", ambiguousPosts: 1, activityId: "message-2" }]);
  });

  it("edits again after an edit without an answer: the same message, no second card", async () => {
    const id = await world.settled();
    await world.announce(id);
    await world.change(id);
    world.answers.push(ambiguous);
    await world.announce(id);
    await world.announceWhenDue(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "edit message-1 channel-1 r2", "edit message-1 channel-1 r2"]);
    expect(await world.due(id)).toBeNull();
  });
});

describe("announceAlert: Teams refuses", () => {
  it.each([
    ["blocked", "Teams says that the bot was removed or blocked there."],
    ["conversationGone", "Teams no longer knows this channel."],
  ] as const)(
    "%s: pauses the route, tells it once, keeps the card due and tries hourly until bound again",
    async (why, sentence) => {
      const id = await world.settled();
      const other = await world.settled();
      world.answers.push({ kind: "refused", why }, { kind: "refused", why });
      await world.announce(id);
      expect(world.paused).toEqual([`#channel-1: ${sentence}`]);
      expect(await world.stores.bindings.list(world.scope.accountId)).toMatchObject([{ pausedBecause: sentence }]);
      expect(await world.cards(id)).toMatchObject([{ state: "due" }]);
      expect(await world.due(id)).toBe(shift(at(0), HOUR));
      await world.announce(other);
      expect(world.sent()).toHaveLength(1);
      expect(world.paused).toHaveLength(1);
      await world.stores.bindings.put({ binding: binding({ conversationId: "channel-1" }), audit: null });
      world.answers.length = 0;
      await world.announceWhenDue(id);
      expect(await world.cards(id)).toMatchObject([{ state: "posted" }]);
    },
  );

  it("a deleted message is posted anew", async () => {
    const id = await world.settled();
    await world.announce(id);
    await world.change(id);
    world.answers.push({ kind: "refused", why: "messageGone" });
    await world.announce(id);
    await world.announceWhenDue(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "edit message-1 channel-1 r2", "post channel-1 r2"]);
    expect(await world.cards(id)).toMatchObject([{ state: "posted", activityId: "message-3", shownRevision: 2 }]);
  });

  it("a card that Teams does not accept is not tried again, and somebody is told", async () => {
    const id = await world.settled();
    world.answers.push({ kind: "refused", why: "rejected" });
    await world.announce(id);
    await world.change(id);
    await world.announce(id);
    expect(world.sent()).toHaveLength(1);
    expect(world.lines).toContain("error: Teams refuses the card of an alert.");
  });

  it("one conversation's refusal does not keep the others from their cards", async () => {
    await world.bind("channel-2");
    const id = await world.settled();
    world.answers.push({ kind: "refused", why: "blocked" });
    await world.announce(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "post channel-2 r1"]);
    expect(await world.cards(id)).toMatchObject([{ state: "due" }, { state: "posted" }]);
  });
});

describe("announceAlert: two at once", () => {
  it("never post two cards: the second finds the first at it and looks again soon", async () => {
    const id = await world.settled();
    await Promise.all([world.announce(id), world.announce(id)]);
    expect(world.sent()).toEqual(["post channel-1 r1"]);
    expect(await world.cards(id)).toMatchObject([{ state: "posted", activityId: "message-1", ambiguousPosts: 0 }]);
  });

  it("never post two cards: a second that comes while Teams is asked waits for the first one's answer", async () => {
    const id = await world.settled();
    world.answers.push(async () => {
      await world.announce(id);
      return { kind: "shown", activityId: "message-1" };
    });
    await world.announce(id);
    expect(world.sent()).toEqual(["post channel-1 r1"]);
    expect(await world.cards(id)).toMatchObject([{ state: "posted", activityId: "message-1", ambiguousPosts: 0 }]);
  });

  it("a revision that comes while Teams is asked stays due", async () => {
    const id = await world.settled();
    world.answers.push(async () => {
      world.clock.advance(MINUTE);
      await world.change(id);
      return { kind: "shown", activityId: "message-1" };
    });
    await world.announce(id);
    expect(await world.due(id)).toBe(at(1));
    await world.announce(id);
    expect(world.sent()).toEqual(["post channel-1 r1", "edit message-1 channel-1 r2"]);
  });
});
