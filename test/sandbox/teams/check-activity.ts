import { type Activity, type Attachment, isObject, type JsonObject, type SandboxReply } from "./teams-types.ts";

const ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive";
const MAX_BYTES_UTF16 = 100 * 1024;
const TYPES = ["message", "typing", "event", "trace", "endOfConversation"];

export type CheckedActivity = { kind: "activity"; activity: Activity } | { kind: "refused"; reply: SandboxReply };

/** What Teams takes from a bot: an activity with a known type, well-formed cards, under 100 KB counted as UTF-16. */
export function checkActivity(body: unknown): CheckedActivity {
  if (!isObject(body)) return badRequest("The body is not a JSON object.");
  if (typeof body.type !== "string" || !TYPES.includes(body.type)) return badRequest("The activity has no known type.");
  if (JSON.stringify(body).length * 2 > MAX_BYTES_UTF16) {
    return refuse(413, "MessageSizeTooBig", "Message size too large.");
  }
  const attachments: unknown = body.attachments ?? [];
  if (!Array.isArray(attachments)) return badRequest("attachments is not a list.");
  for (const attachment of attachments) {
    const problem = problemOf(attachment);
    if (problem !== undefined) return badRequest(problem);
  }
  if (body.type === "message" && typeof body.text !== "string" && attachments.length === 0) {
    return badRequest("A message needs a text or an attachment.");
  }
  return { kind: "activity", activity: { ...body, type: body.type } };
}

/** The first Adaptive Card of an activity. */
export function cardOfActivity(activity: Activity): JsonObject | undefined {
  const found = (activity.attachments ?? []).find((attachment: Attachment) => attachment.contentType === ADAPTIVE_CARD);
  return isObject(found?.content) ? found.content : undefined;
}

function problemOf(attachment: unknown): string | undefined {
  if (!isObject(attachment) || typeof attachment.contentType !== "string") return "An attachment has no contentType.";
  const content = attachment.content;
  const isCard = isObject(content) && content.type === "AdaptiveCard";
  if (!isCard) {
    return attachment.contentType === ADAPTIVE_CARD ? "The Adaptive Card's content is not a card." : undefined;
  }
  if (attachment.contentType !== ADAPTIVE_CARD) return `An Adaptive Card needs the contentType ${ADAPTIVE_CARD}.`;
  if (typeof content.version !== "string" || !/^1\.[0-6]$/.test(content.version))
    return "The card's version is unknown.";
  return undefined;
}

function badRequest(message: string): CheckedActivity {
  return refuse(400, "BadSyntax", message);
}

function refuse(status: number, code: string, message: string): CheckedActivity {
  return { kind: "refused", reply: { status, body: { error: { code, message } } } };
}
