import type { Activity, Conversation, JsonObject, Person } from "./teams-types.ts";

const BOT_NAME = "Watchdesk";

export interface ActivityFrame {
  now: Date;
  serviceUrl: string;
  botAppId: string;
  person: Person;
  conversation: Conversation;
  /** The id the activity itself carries. */
  id: string;
  /** In a channel: the id of the thread's first message; the activity's own where it starts one. */
  threadMessageId?: string;
}

/** The fields that Teams puts on every activity of that person in that conversation. */
export function frameActivity(type: string, frame: ActivityFrame): Activity {
  const { conversation, person } = frame;
  const group = conversation.kind !== "personal";
  const thread = frame.threadMessageId === undefined ? "" : `;messageid=${frame.threadMessageId}`;
  return {
    type,
    id: frame.id,
    timestamp: frame.now.toISOString(),
    localTimestamp: frame.now.toISOString(),
    serviceUrl: frame.serviceUrl,
    channelId: "msteams",
    from: { id: person.mri, name: person.name, aadObjectId: person.objectId },
    conversation: {
      ...(group ? { isGroup: true } : {}),
      conversationType: conversation.kind,
      tenantId: conversation.tenantId,
      id: conversation.kind === "channel" ? `${conversation.id}${thread}` : conversation.id,
      ...(conversation.kind === "groupChat" ? { name: conversation.name } : {}),
    },
    recipient: { id: `28:${frame.botAppId}`, name: BOT_NAME },
    entities: [{ locale: "en-GB", country: "GB", platform: "Web", timezone: "Europe/London", type: "clientInfo" }],
    channelData: channelDataOf(conversation),
    locale: "en-GB",
    localTimezone: "Europe/London",
  };
}

/** What Teams says about a team when the bot comes or goes: more than on a message. */
export function installChannelData(conversation: Conversation, eventType?: string): JsonObject {
  const tenant = { id: conversation.tenantId };
  const named = eventType === undefined ? {} : { eventType };
  if (conversation.team === undefined) return { tenant, ...named };
  const { id, name, aadGroupId } = conversation.team;
  const selected = { settings: { selectedChannel: { id: conversation.id } } };
  return { team: { id, name, aadGroupId }, ...named, tenant, ...selected };
}

export interface MessageContent {
  text: string;
  mention: boolean;
  mentionPeople: Person[];
}

/** Text and entities as Teams sends them: a mention is `<at>name</at>` in the text and an entity beside it. */
export function mentionText(activity: Activity, content: MessageContent, botAppId: string): Activity {
  const mentions: JsonObject[] = [];
  let text = content.text;
  if (content.mention) {
    const at = `<at>${BOT_NAME}</at>`;
    text = `${at} ${text}`;
    mentions.push({ type: "mention", mentioned: { id: `28:${botAppId}`, name: BOT_NAME }, text: at });
  }
  for (const person of content.mentionPeople) {
    const at = `<at>${person.name}</at>`;
    text = text.includes(`@${person.name}`) ? text.replace(`@${person.name}`, at) : `${text} ${at}`;
    mentions.push({ type: "mention", mentioned: { id: person.mri, name: person.name }, text: at });
  }
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  return { ...activity, text, textFormat: "plain", entities: [...mentions, ...entities] };
}

function channelDataOf(conversation: Conversation): JsonObject {
  const tenant = { id: conversation.tenantId };
  if (conversation.team === undefined) return { tenant };
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: conversation.team.id,
    channel: { id: conversation.id },
    team: { id: conversation.team.id },
    tenant,
  };
}
