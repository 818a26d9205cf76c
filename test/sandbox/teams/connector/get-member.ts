import type { SandboxReply } from "../teams-types.ts";
import { type ConnectorCall, memberJson, notFound } from "./connector-call.ts";

/** `GET .../members/{id}`: by `29:` id, object id or sign-in name. */
export function getMember(call: ConnectorCall, key: string): SandboxReply {
  const person = call.state.findPerson(key, call.conversation.members);
  if (person === undefined) return notFound("MemberNotFoundInConversation", "Member not found in conversation.");
  return { status: 200, body: memberJson(person) };
}
