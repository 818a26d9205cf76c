/** Anything that JSON can carry as an object. */
export type JsonObject = { [key: string]: unknown };

/** A Bot Framework activity as it travels on the wire; only the fields the sandbox looks at are named. */
export interface Activity extends JsonObject {
  type: string;
  id?: string;
  text?: string;
  value?: unknown;
  replyToId?: string;
  serviceUrl?: string;
  conversation?: JsonObject;
  attachments?: Attachment[];
}

export interface Attachment extends JsonObject {
  contentType: string;
  content?: unknown;
}

/** Somebody who uses Teams. `mri` is the `29:` id by which this bot knows the person. */
export interface Person {
  objectId: string;
  mri: string;
  userPrincipalName: string;
  name: string;
  userRole: "user" | "guest";
  tenantId: string;
}

export interface Team {
  id: string;
  aadGroupId: string;
  name: string;
  members: Person[];
  general: Conversation;
}

/** A 1:1 chat, a group chat, or a channel (its threads share it). */
export interface Conversation {
  id: string;
  kind: "personal" | "groupChat" | "channel";
  name: string;
  tenantId: string;
  members: Person[];
  team?: Team;
  state: "open" | "blocked" | "gone";
}

/** What the bot posted: the base activity that everybody sees, and what single people see instead. */
export interface Message {
  id: string;
  conversation: Conversation;
  /** The conversation id with `;messageid=` in a channel, the plain conversation id elsewhere. */
  threadId: string;
  base: Activity;
  /** Earlier base activities, oldest first. */
  history: Activity[];
  /** By object id: the card that answered this person's own click. Cleared by an edit of the base. */
  views: Map<string, JsonObject>;
  postedAt: string;
  deleted: boolean;
}

/** The answer of the bot to one activity. `delivered` is false where Teams would not have told the bot at all. */
export interface Turn {
  delivered: boolean;
  status: number;
  body: unknown;
  /** What the bot posted in that conversation while the turn ran, in order. */
  replies: Message[];
  /** The short text, or the error's message, that a click was answered with instead of a card. */
  notice?: string;
  /** The activity as it was sent, for `resend`. */
  activity: Activity;
}

export interface SandboxReply {
  status: number;
  body?: unknown;
  /** Bytes to send as they are, in place of `body`. */
  raw?: Buffer;
  headers?: Record<string, string>;
}

/** Narrows what came from the wire to an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
