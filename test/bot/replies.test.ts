import { describe, expect, it } from "vitest";
import { clickReplies, messageReplies, submitReplies } from "../../bot/replies.ts";
import { noticeCard } from "../../cards/notice-card.ts";
import { card, type Reply, text } from "../../dialogs/turn.ts";

type Context = Parameters<typeof messageReplies>[0];

/** What a turn's context is told to do; each message gets an id of its own. */
function turnContext(replyToId?: string) {
  const done: string[] = [];
  const context = {
    activity: { ...(replyToId === undefined ? {} : { replyToId }) },
    sendActivity: async (activity: { text?: string; summary?: string }) => {
      done.push(`send ${activity.text ?? activity.summary}`);
      return { id: `message-${done.length}` };
    },
    updateActivity: async (activity: { id?: string; summary?: string }) => {
      done.push(`update ${activity.id} ${activity.summary}`);
    },
  };
  return { context: context as unknown as Context, done };
}

const rendered = noticeCard({ title: "Saved", text: "Auto-resolve is off now." });
const shownOn: string[] = [];
const remembered: Reply = { kind: "card", rendered, shown: async (id) => void shownOn.push(id) };
const CARD_ANSWER = { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: rendered.card };
const sentence = (value: string) => ({ statusCode: 200, type: "application/vnd.microsoft.activity.message", value });

describe("messageReplies", () => {
  it("sends each reply as a message and tells a card's id", async () => {
    shownOn.length = 0;
    const { context, done } = turnContext();
    await messageReplies(context).say(text("Hello."));
    await messageReplies(context).say(remembered);
    expect(done).toEqual(["send Hello.", "send Saved"]);
    expect(shownOn).toEqual(["message-2"]);
  });
});

describe("clickReplies", () => {
  it("answers with the first card for the clicker alone, and sends what follows", async () => {
    const { context, done } = turnContext("card-1");
    const replies = clickReplies(context);
    await replies.say(card(rendered));
    expect(replies.answer()).toEqual(CARD_ANSWER);
    await replies.say(text("One more thing."));
    expect(done).toEqual(["send One more thing."]);
    expect(replies.answer()).toEqual(CARD_ANSWER);
  });

  it("answers with a sentence beside the card, the card left as it is", async () => {
    const { context, done } = turnContext("card-1");
    const replies = clickReplies(context);
    await replies.say(text("Robin Reyes has claimed this alert already."));
    expect(replies.answer()).toEqual(sentence("Robin Reyes has claimed this alert already."));
    expect(done).toEqual([]);
  });

  it("replaces the clicked message too where everybody is to see the card, or its message is remembered", async () => {
    shownOn.length = 0;
    for (const reply of [{ ...card(rendered), everyone: true } as Reply, remembered]) {
      const { context, done } = turnContext("card-1");
      const replies = clickReplies(context);
      await replies.say(reply);
      expect(done).toEqual(["update card-1 Saved"]);
      expect(replies.answer()).toEqual(CARD_ANSWER);
    }
    expect(shownOn).toEqual(["card-1"]);
  });

  it("answers in any case", () => {
    expect(clickReplies(turnContext("card-1").context).answer()).toEqual(sentence("Done."));
  });
});

describe("submitReplies", () => {
  it("replaces the clicked message with a card, sends a sentence, and sends the card where no message was clicked", async () => {
    shownOn.length = 0;
    const clicked = turnContext("card-1");
    await submitReplies(clicked.context).say(remembered);
    await submitReplies(clicked.context).say(text("Saved."));
    expect(clicked.done).toEqual(["update card-1 Saved", "send Saved."]);
    const typed = turnContext();
    await submitReplies(typed.context).say(remembered);
    expect(typed.done).toEqual(["send Saved"]);
    expect(shownOn).toEqual(["card-1", "message-1"]);
  });
});
