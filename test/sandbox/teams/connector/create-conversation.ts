import { checkActivity } from "../check-activity.ts";
import type { TeamsState } from "../teams-state.ts";
import { type Conversation, isObject, type SandboxReply } from "../teams-types.ts";
import { notFound } from "./connector-call.ts";

export type CreateTarget =
  | { kind: "personal"; conversation: Conversation }
  | { kind: "thread"; conversation: Conversation }
  | { kind: "refused"; reply: SandboxReply };

/** Whom `POST v3/conversations` is about: the 1:1 chat with the one member, or the channel that gets a new thread. */
export function createTarget(state: TeamsState, body: unknown, accountTenantId: string): CreateTarget {
  if (!isObject(body)) return refused("The body is not a JSON object.");
  const channelData = isObject(body.channelData) ? body.channelData : {};
  if (body.isGroup === true) {
    const channelId = isObject(channelData.channel) ? channelData.channel.id : undefined;
    if (typeof channelId !== "string") return refused("channelData.channel.id is missing.");
    const channel = state.findConversation(channelId);
    if (channel?.kind !== "channel") {
      return { kind: "refused", reply: notFound("ConversationNotFound", "Channel not found.") };
    }
    return { kind: "thread", conversation: channel };
  }
  const [member, ...others] = Array.isArray(body.members) ? body.members : [];
  if (!isObject(member) || typeof member.id !== "string" || others.length > 0) {
    return refused("Exactly one member is needed for a 1:1 conversation.");
  }
  const person = state.findPerson(member.id, state.people);
  if (person === undefined || member.id === person.userPrincipalName) {
    return refused("The member's id is unknown.");
  }
  const conversation = state.personalChat(person);
  const tenant = isObject(channelData.tenant) ? channelData.tenant.id : body.tenantId;
  if (tenant !== conversation.tenantId && tenant !== accountTenantId)
    return refused("The tenant id is missing or wrong.");
  return { kind: "personal", conversation };
}

/** Opens the 1:1 chat, or posts the first activity of a new thread. */
export function createConversation(state: TeamsState, target: CreateTarget, body: unknown): SandboxReply {
  if (target.kind === "refused") return target.reply;
  if (target.kind === "personal") return { status: 201, body: { id: target.conversation.id } };
  const checked = checkActivity(isObject(body) ? body.activity : undefined);
  if (checked.kind === "refused") return checked.reply;
  const id = state.nextMessageId();
  const threadId = `${target.conversation.id};messageid=${id}`;
  state.record(target.conversation, threadId, id, checked.activity);
  return { status: 201, body: { id: threadId, activityId: id } };
}

function refused(message: string): CreateTarget {
  return { kind: "refused", reply: { status: 400, body: { error: { code: "BadArgument", message } } } };
}
