import { checkActivity } from "../check-activity.ts";
import type { SandboxReply } from "../teams-types.ts";
import { type ConnectorCall, notFound } from "./connector-call.ts";

/** `PUT .../activities/{id}`: the new base activity is what everybody sees, whoever had a view of their own. */
export function updateActivity(call: ConnectorCall, activityId: string): SandboxReply {
  const checked = checkActivity(call.body);
  if (checked.kind === "refused") return checked.reply;
  const message = call.state.findMessage(call.conversation, activityId);
  if (message === undefined) return notFound("ActivityNotFoundInConversation", "Message does not exist in the thread.");
  message.history.push(message.base);
  message.base = checked.activity;
  message.views.clear();
  return { status: 200, body: { id: message.id } };
}
