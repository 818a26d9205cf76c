import type { Announcement, Announcer } from "../ports/announcer.ts";
import type { Log } from "../ports/log.ts";
import type { BindingStore, ConversationStore, RoleStore } from "../ports/stores.ts";

export interface TellAdminsDeps {
  readonly bindings: Pick<BindingStore, "list">;
  readonly conversations: Pick<ConversationStore, "get" | "personal">;
  readonly roles: Pick<RoleStore, "list">;
  readonly announcer: Announcer;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly log: Log;
}

/** As announceToAdmins, for a sentence or two. */
export async function tellAdmins(
  deps: TellAdminsDeps,
  input: { accountId: string; title: string; text: string },
): Promise<boolean> {
  const { accountId, title, text } = input;
  return await announceToAdmins(deps, { accountId, announcement: { kind: "notice", title, text } });
}

/**
 * Posts where admin notices are bound; until a channel is, in the 1:1 chats of the admins who have opened the bot. True when
 * it is shown in one place at least; an answer that never came counts as not shown.
 */
export async function announceToAdmins(
  deps: TellAdminsDeps,
  input: { accountId: string; announcement: Announcement },
): Promise<boolean> {
  let shown = false;
  for (const conversation of await noticePlaces(deps, input.accountId)) {
    const outcome = await deps.announcer.post({ conversation, announcement: input.announcement });
    if (outcome.kind === "shown") shown = true;
    else deps.log.warn("An admin notice was not shown.", { conversationId: conversation.id, outcome: outcome.kind });
  }
  return shown;
}

/** Where admin notices go: the bound conversations, or until there is one the 1:1 chats of the admins. */
export async function noticePlaces(
  deps: Pick<TellAdminsDeps, "bindings" | "conversations" | "roles" | "configuredAdmins">,
  accountId: string,
) {
  const bindings = (await deps.bindings.list(accountId, "notices")).filter(
    ({ pausedBecause }) => pausedBecause === null,
  );
  if (bindings.length > 0) {
    const bound = await Promise.all(
      bindings.map(({ conversationId }) => deps.conversations.get(accountId, conversationId)),
    );
    return bound.filter((conversation) => conversation !== null);
  }
  const granted = (await deps.roles.list(accountId))
    .filter(({ role }) => role === "admin")
    .map(({ person }) => person.id);
  const admins = new Set([...deps.configuredAdmins, ...granted]);
  const chats = await Promise.all([...admins].map((personId) => deps.conversations.personal(accountId, personId)));
  return chats.filter((conversation) => conversation !== null);
}
