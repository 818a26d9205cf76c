import type { BotState, TurnContext } from "botbuilder";
import type { ReplySink, Turn } from "../dialogs/turn.ts";
import type { Log } from "../services/ports/log.ts";
import type { ConversationStore } from "../services/ports/stores.ts";
import { messageReplies } from "./replies.ts";
import type { TeamsAdapter } from "./teams-adapter.ts";

export interface PersonalChatDeps {
  readonly adapter: TeamsAdapter;
  readonly state: BotState;
  readonly botAppId: string;
  readonly conversations: ConversationStore;
  readonly log: Log;
}

/** Goes on with a turn in the person's 1:1 chat; false when they never opened it or Teams does not take it. */
export async function goOnInPersonalChat(
  deps: PersonalChatDeps,
  turn: Turn,
  work: (context: TurnContext, turn: Turn, replies: ReplySink) => Promise<void>,
): Promise<boolean> {
  const chat = await deps.conversations.personal(turn.account.id, turn.person.id);
  if (chat === null) return false;
  const reference = {
    bot: { id: `28:${deps.botAppId}`, name: "Watchdesk" },
    user: { id: turn.person.id, name: turn.person.name, aadObjectId: turn.person.id },
    channelId: "msteams",
    serviceUrl: chat.serviceUrl,
    conversation: { id: chat.id, tenantId: chat.accountId, conversationType: "personal", isGroup: false, name: "" },
  };
  try {
    await deps.adapter.continueConversationAsync(deps.botAppId, reference, async (context) => {
      await work(context, { ...turn, conversation: chat }, messageReplies(context));
      await deps.state.saveChanges(context, false);
    });
    return true;
  } catch (cause) {
    deps.log.warn("A 1:1 chat could not be continued.", {}, cause);
    return false;
  }
}
