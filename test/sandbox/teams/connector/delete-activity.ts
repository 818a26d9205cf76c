import type { SandboxReply } from "../teams-types.ts";
import { type ConnectorCall, notFound } from "./connector-call.ts";

/** `DELETE .../activities/{id}` */
export function deleteActivity(call: ConnectorCall, activityId: string): SandboxReply {
  const message = call.state.findMessage(call.conversation, activityId);
  if (message === undefined) return notFound("ActivityNotFoundInConversation", "Message does not exist in the thread.");
  message.deleted = true;
  return { status: 200, body: {} };
}
