import type { Conversation } from "../domain/conversation.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { BindingStore, ConversationStore } from "../ports/stores.ts";

/** A conversation that a new alert's card goes to; `paused`: Teams refuses posts there, what is due waits. */
export interface Route {
  readonly conversation: Conversation;
  readonly paused: boolean;
}

/** Where a tenant's alerts go: to every conversation bound with "post alerts here"; until one is, to the 1:1 chat that connected it. */
export async function alertRoutes(
  deps: { bindings: BindingStore; conversations: ConversationStore },
  link: TenantLink,
): Promise<readonly Route[]> {
  const bindings = await deps.bindings.list(link.accountId, "alerts");
  const wanted =
    bindings.length === 0
      ? [{ conversationId: link.linkedIn, paused: false }]
      : bindings.map((binding) => ({ conversationId: binding.conversationId, paused: binding.pausedBecause !== null }));
  const routes: Route[] = [];
  for (const { conversationId, paused } of wanted) {
    const conversation = await deps.conversations.get(link.accountId, conversationId);
    if (conversation !== null) routes.push({ conversation, paused });
  }
  return routes;
}
