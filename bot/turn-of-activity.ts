import type { Activity } from "botbuilder";
import type { Turn } from "../dialogs/turn.ts";
import { roleOf } from "../services/access/role-of.ts";
import type { Account } from "../services/domain/account.ts";
import type { Conversation } from "../services/domain/conversation.ts";
import type { BindingStore, ConversationStore, RoleStore } from "../services/ports/stores.ts";
import { isOutsider, type Roster } from "./roster.ts";
import type { Member } from "./teams-members.ts";

export interface TurnDeps {
  readonly accounts: readonly Account[];
  readonly conversations: ConversationStore;
  readonly roles: RoleStore;
  readonly bindings: BindingStore;
  readonly configuredAdmins: ReadonlySet<string>;
  readonly roster: Roster;
}

/** The conversation of an activity as the store keeps it; names that Teams left out this time stay as they were. */
export async function conversationOf(
  deps: Pick<TurnDeps, "conversations">,
  activity: Activity,
): Promise<Conversation | null> {
  const accountId = (activity.conversation.tenantId ?? channelData(activity).tenant?.id)?.toLowerCase();
  if (accountId === undefined) return null;
  const id = activity.conversation.id.split(";")[0] ?? activity.conversation.id;
  const known = await deps.conversations.get(accountId, id);
  const kind = kindOf(activity.conversation.conversationType);
  const { team, channel } = channelData(activity);
  const conversation: Conversation = {
    accountId,
    id,
    kind,
    serviceUrl: activity.serviceUrl,
    name:
      nameOf(kind, { channel: channel?.name, team: team?.name, chat: activity.conversation.name }) ??
      known?.name ??
      DEFAULT_NAMES[kind],
    personId: kind === "personal" ? (activity.from.aadObjectId?.toLowerCase() ?? known?.personId ?? null) : null,
    teamId: team?.id ?? known?.teamId ?? null,
  };
  if (known === null || JSON.stringify(known) !== JSON.stringify(conversation))
    await deps.conversations.put(conversation);
  return conversation;
}

/** Who speaks, where and with which role; null: Teams does not say who it is, or the account is not ours. */
export async function turnOf(deps: TurnDeps, activity: Activity): Promise<Turn | null> {
  const conversation = await conversationOf(deps, activity);
  const account = deps.accounts.find(({ id }) => id === conversation?.accountId);
  const personId = activity.from.aadObjectId?.toLowerCase();
  if (conversation === null || account === undefined || personId === undefined) return null;
  const place = { accountId: account.id, conversationId: conversation.id, serviceUrl: conversation.serviceUrl };
  const member = await deps.roster.find(place, activity.from.id);
  const isMember = member !== null && member.objectId.toLowerCase() === personId && !isOutsider(member, account.id);
  // ACCOUNT_ADMINS names people of every account: one of another account is nobody in a chat of this one.
  const configuredAdmins = mayBeOfAnotherAccount(deps, member, conversation) ? NOBODY : deps.configuredAdmins;
  const who = { accountId: account.id, personId, conversationId: conversation.id, isMember };
  return {
    account,
    person: {
      id: personId,
      name: member?.name || activity.from.name || "Somebody",
      signInName: member?.signInName ?? null,
    },
    role: await roleOf({ ...deps, configuredAdmins }, who),
    conversation,
    mentioned: mentionedIn(activity),
    hasOutsiders: async () => conversation.kind !== "personal" && (await deps.roster.hasOutsiders(place)),
    findMember: async (id) => {
      const found = await findAnywhere(deps, conversation, id);
      if (found === null) return null;
      const person = { id: found.objectId.toLowerCase(), name: found.name, signInName: found.signInName };
      return { person, guest: isOutsider(found, account.id) };
    },
  };
}

const NOBODY: ReadonlySet<string> = new Set();

/** Without an answer of the roster a shared conversation proves nothing; a 1:1 chat is of its person's own tenant. */
function mayBeOfAnotherAccount(deps: TurnDeps, member: Member | null, conversation: Conversation): boolean {
  const others = deps.accounts.filter(({ id }) => id !== conversation.accountId);
  if (member === null) return others.length > 0 && conversation.kind !== "personal";
  return others.some(({ id }) => id.toLowerCase() === member.tenantId?.toLowerCase());
}

/** Channels and group chats whose rosters are searched for somebody who is named in a 1:1 chat. */
const ROSTERS = 20;

/** Somebody in this conversation's roster; named in a 1:1 chat, in that of a channel or group chat that knows the bot. */
async function findAnywhere(deps: TurnDeps, here: Conversation, id: string): Promise<Member | null> {
  const others = here.kind === "personal" ? await deps.conversations.shared(here.accountId, ROSTERS) : [];
  for (const { accountId, id: conversationId, serviceUrl } of [here, ...others]) {
    const found = await deps.roster.find({ accountId, conversationId, serviceUrl }, id);
    if (found !== null) return found;
  }
  return null;
}

const DEFAULT_NAMES = { personal: "1:1 chat", groupChat: "this group chat", channel: "this channel" } as const;

function kindOf(type: string | undefined): Conversation["kind"] {
  if (type === "channel") return "channel";
  return type === "groupChat" ? "groupChat" : "personal";
}

function nameOf(
  kind: Conversation["kind"],
  names: { channel: string | undefined; team: string | undefined; chat: string | undefined },
): string | undefined {
  if (kind === "personal") return DEFAULT_NAMES.personal;
  if (kind === "groupChat") return names.chat || undefined;
  if (names.channel && names.team) return `${names.team} / ${names.channel}`;
  return names.channel || names.team || undefined;
}

interface ChannelData {
  readonly tenant?: { readonly id: string };
  readonly team?: { readonly id?: string; readonly name?: string };
  readonly channel?: { readonly id?: string; readonly name?: string };
}

function channelData(activity: Activity): ChannelData {
  const data: ChannelData | undefined = activity.channelData;
  return data ?? {};
}

function mentionedIn(activity: Activity): Turn["mentioned"] {
  const found: { id: string; name: string }[] = [];
  for (const entity of activity.entities ?? []) {
    const mentioned: { id?: unknown; name?: unknown } | undefined = entity.mentioned;
    if (entity.type !== "mention" || typeof mentioned?.id !== "string" || mentioned.id === activity.recipient.id)
      continue;
    found.push({ id: mentioned.id, name: typeof mentioned.name === "string" ? mentioned.name : "" });
  }
  return found;
}
