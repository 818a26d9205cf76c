import { MessageFactory, type TurnContext } from "botbuilder";
import { messageText } from "../cards/plain-text.ts";
import type { RenderedCard } from "../cards/render-card.ts";
import type { Reply, ReplySink } from "../dialogs/turn.ts";
import { ADAPTIVE_CARD, cardMessage } from "./card-message.ts";

/** The answer to an Action.Execute: another card for the clicker, or a sentence beside the card. */
export interface ClickAnswer {
  readonly statusCode: number;
  readonly type: string;
  /** A card, or the sentence itself. */
  readonly value: unknown;
}

/** Replies as messages in the conversation of the turn. */
export function messageReplies(context: TurnContext): ReplySink {
  return { say: (reply) => send(context, reply) };
}

/**
 * Replies to a click: the first card is the answer, unless it is to stand below (for everybody it also replaces the clicked message, since the answer
 * alone changes the card for the clicker only), a sentence is shown beside the card, further replies are messages.
 */
export function clickReplies(context: TurnContext): ReplySink & { answer(): ClickAnswer } {
  let answer: ClickAnswer | null = null;
  return {
    say: async (reply) => {
      if (reply.kind === "card" && reply.below === true) {
        answer ??= messageAnswer("It is below.");
        return await send(context, reply);
      }
      if (answer !== null) return await send(context, reply);
      answer = answerOf(reply);
      const clicked = context.activity.replyToId;
      if (reply.kind !== "card" || clicked === undefined || !(reply.everyone === true || reply.shown !== undefined))
        return;
      await context.updateActivity({ ...activityOf(reply.rendered), id: clicked });
      await reply.shown?.(clicked);
    },
    answer: () => answer ?? messageAnswer("Done."),
  };
}

/** Replies to the Action.Submit of a client without Action.Execute: a card replaces the clicked message. */
export function submitReplies(context: TurnContext): ReplySink {
  return {
    say: async (reply) => {
      const clicked = context.activity.replyToId;
      if (reply.kind !== "card" || clicked === undefined || reply.below === true) return await send(context, reply);
      await context.updateActivity({ ...activityOf(reply.rendered), id: clicked });
      await reply.shown?.(clicked);
    },
  };
}

/** A sentence beside the card. */
export function messageAnswer(sentence: string): ClickAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: sentence };
}

function answerOf(reply: Reply): ClickAnswer {
  if (reply.kind === "text") return messageAnswer(reply.text);
  return { statusCode: 200, type: ADAPTIVE_CARD, value: { ...reply.rendered.card } };
}

async function send(context: TurnContext, reply: Reply): Promise<void> {
  if (reply.kind === "text") {
    await context.sendActivity(MessageFactory.text(messageText(reply.text)));
    return;
  }
  const sent = await context.sendActivity(activityOf(reply.rendered));
  if (sent?.id) await reply.shown?.(sent.id);
}

function activityOf(rendered: RenderedCard) {
  return cardMessage(rendered) as { type: string };
}
