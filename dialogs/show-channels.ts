import { channelsCard } from "../cards/channels-card.ts";
import type { ChannelBinding } from "../services/domain/conversation.ts";
import type { BindingStore, ConversationStore } from "../services/ports/stores.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** A binding with the name of its conversation. */
export interface NamedBinding {
  readonly binding: ChannelBinding;
  readonly conversationName: string;
}

export async function namedBindings(
  deps: { bindings: BindingStore; conversations: ConversationStore },
  accountId: string,
): Promise<readonly NamedBinding[]> {
  return await Promise.all(
    (await deps.bindings.list(accountId)).map(async (binding) => ({
      binding,
      conversationName:
        (await deps.conversations.get(accountId, binding.conversationId))?.name ?? "a conversation the bot has left",
    })),
  );
}

/** Where alerts and notices are posted. */
export async function showChannels(
  deps: { bindings: BindingStore; conversations: ConversationStore },
  turn: Turn,
): Promise<Reply> {
  return card(channelsCard({ bindings: await namedBindings(deps, turn.account.id) }));
}
