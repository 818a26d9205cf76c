import { checkActivity } from "../check-activity.ts";
import type { SandboxReply } from "../teams-types.ts";
import type { ConnectorCall } from "./connector-call.ts";

/** `POST .../activities` and `.../activities/{replyTo}`: in a channel without `;messageid=` it starts a new thread. */
export function postActivity(call: ConnectorCall): SandboxReply {
  const checked = checkActivity(call.body);
  if (checked.kind === "refused") return checked.reply;
  const id = call.state.nextMessageId();
  if (checked.activity.type !== "message") return { status: 201, body: { id } };
  const startsThread = call.conversation.kind === "channel" && !call.conversationId.includes(";messageid=");
  const threadId = startsThread ? `${call.conversationId};messageid=${id}` : call.conversationId;
  call.state.record(call.conversation, threadId, id, checked.activity);
  return { status: 201, body: { id } };
}
