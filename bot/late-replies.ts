import { type TurnContext, TurnContext as TurnContexts } from "botbuilder";
import type { Reply, ReplySink } from "../dialogs/turn.ts";
import { messageReplies, submitReplies } from "./replies.ts";
import type { TeamsAdapter } from "./teams-adapter.ts";

const NOT_FOR_ALL = "It is done. Ask for the card again to see it.";

/**
 * Replies to a click whose answer had to be given before it was done: botbuilder's context ends with that answer, so each is
 * said in a turn of its own. A card takes the place of the clicked message, where that is no card for the clicker alone.
 */
export function lateReplies(deps: { adapter: TeamsAdapter; botAppId: string }, context: TurnContext): ReplySink {
  const reference = TurnContexts.getConversationReference(context.activity);
  const clicked = context.activity.replyToId;
  const personal = context.activity.conversation.conversationType === "personal";
  return {
    say: async (reply: Reply) => {
      await deps.adapter.continueConversationAsync(deps.botAppId, reference, async (late) => {
        const forAll = personal || reply.kind === "text" || reply.everyone === true;
        if (!forAll) return await messageReplies(late).say({ kind: "text", text: NOT_FOR_ALL });
        if (clicked !== undefined) late.activity.replyToId = clicked;
        await submitReplies(late).say(reply);
      });
    },
  };
}
