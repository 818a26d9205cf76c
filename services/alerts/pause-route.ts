import type { Conversation } from "../domain/conversation.ts";
import type { Log } from "../ports/log.ts";
import type { BindingStore } from "../ports/stores.ts";

/**
 * Teams refuses posts in a conversation: its bindings are paused, with the sentence that `channels` shows. What is due
 * there is kept and tried hourly; binding the conversation again ends the pause.
 */
export async function pauseRoute(
  deps: {
    bindings: BindingStore;
    log: Log;
    /** Told once a pause begins, so that the admins hear of it. */
    routePaused: (conversation: Conversation, sentence: string) => Promise<unknown>;
  },
  input: { conversation: Conversation; why: "blocked" | "conversationGone" },
): Promise<void> {
  const sentence =
    input.why === "blocked"
      ? "Teams says that the bot was removed or blocked there."
      : "Teams no longer knows this channel.";
  for (const binding of await deps.bindings.ofConversation(input.conversation.accountId, input.conversation.id)) {
    if (binding.pausedBecause !== null) continue;
    await deps.bindings.put({ binding: { ...binding, pausedBecause: sentence }, audit: null });
    await deps.routePaused(input.conversation, sentence);
    deps.log.error("A bound conversation refuses posts.", { conversationId: input.conversation.id, why: input.why });
  }
}
