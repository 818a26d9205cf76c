import { createHash } from "node:crypto";
import type { Activity, Conversation, Message, Person, Team } from "./teams-types.ts";

interface NewPerson {
  name: string;
  objectId?: string;
  userPrincipalName?: string;
  userRole?: "user" | "guest";
  tenantId?: string;
}

interface NewTeam {
  name: string;
  members: Person[];
  aadGroupId?: string;
}

export interface TeamsState {
  people: Person[];
  conversations: Conversation[];
  messages: Message[];
  addPerson(person: NewPerson): Person;
  addTeam(team: NewTeam): Team;
  addChannel(team: Team, name: string): Conversation;
  addGroupChat(name: string, members: Person[]): Conversation;
  /** The 1:1 chat of the bot with that person; made at the first call. */
  personalChat(person: Person): Conversation;
  /** By a conversation id as the bot writes it: a channel also by the ids of its threads. */
  findConversation(id: string): Conversation | undefined;
  /** By object id, `29:` id or sign-in name. */
  findPerson(key: string, among: Person[]): Person | undefined;
  findMessage(conversation: Conversation, id: string): Message | undefined;
  /** A message id as Teams makes them: milliseconds since 1970, never twice. */
  nextMessageId(): string;
  record(conversation: Conversation, threadId: string, id: string, activity: Activity): Message;
}

/** The people, teams, chats and messages of one Teams tenant. Ids are derived from names, so runs are alike. */
export function createTeamsState(options: { clock: { now(): Date }; accountTenantId: string }): TeamsState {
  const people: Person[] = [];
  const conversations: Conversation[] = [];
  const messages: Message[] = [];
  const byId = new Map<string, Message>();
  let lastMessageId = 0;

  function addConversation(conversation: Omit<Conversation, "state" | "tenantId">, tenantId: string): Conversation {
    const added: Conversation = { ...conversation, tenantId, state: "open" };
    conversations.push(added);
    return added;
  }

  function addPerson(person: NewPerson): Person {
    const objectId = person.objectId ?? guidOf(`person ${people.length} ${person.name}`);
    const added: Person = {
      objectId,
      mri: `29:1${digestOf(objectId).toString("base64url")}`,
      userPrincipalName:
        person.userPrincipalName ?? `${person.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}@account.example`,
      name: person.name,
      userRole: person.userRole ?? "user",
      tenantId: person.tenantId ?? options.accountTenantId,
    };
    people.push(added);
    return added;
  }

  function channelOf(team: Omit<Team, "general">, name: string): Omit<Conversation, "state" | "tenantId" | "team"> {
    const id = `19:${digestOf(`channel ${team.aadGroupId} ${name}`).toString("hex").slice(0, 32)}@thread.tacv2`;
    return { id, kind: "channel", name, members: team.members };
  }

  function addTeam(input: NewTeam): Team {
    const aadGroupId = input.aadGroupId ?? guidOf(`team ${input.name}`);
    const bare = { id: "", aadGroupId, name: input.name, members: [...input.members] };
    const general = addConversation(channelOf(bare, "General"), options.accountTenantId);
    const team: Team = { ...bare, id: general.id, general };
    general.team = team;
    return team;
  }

  function addChannel(team: Team, name: string): Conversation {
    const channel = addConversation(channelOf(team, name), options.accountTenantId);
    channel.team = team;
    return channel;
  }

  function addGroupChat(name: string, members: Person[]): Conversation {
    const id = `19:${digestOf(`group chat ${name}`).toString("hex").slice(0, 32)}@thread.v2`;
    return addConversation({ id, kind: "groupChat", name, members: [...members] }, options.accountTenantId);
  }

  function personalChat(person: Person): Conversation {
    const id = `a:1${digestOf(`personal ${person.objectId}`).toString("base64url")}`;
    const known = conversations.find((conversation) => conversation.id === id);
    const tenantId = person.userRole === "guest" ? options.accountTenantId : person.tenantId;
    return known ?? addConversation({ id, kind: "personal", name: person.name, members: [person] }, tenantId);
  }

  function findConversation(id: string): Conversation | undefined {
    const [root, thread] = id.split(";messageid=");
    const conversation = conversations.find((candidate) => candidate.id === root);
    if (thread === undefined || conversation?.kind === "channel") return conversation;
    return undefined;
  }

  function nextMessageId(): string {
    lastMessageId = Math.max(lastMessageId + 1, options.clock.now().getTime());
    return String(lastMessageId);
  }

  function record(conversation: Conversation, threadId: string, id: string, activity: Activity): Message {
    const message: Message = {
      id,
      conversation,
      threadId,
      base: activity,
      history: [],
      views: new Map(),
      postedAt: options.clock.now().toISOString(),
      deleted: false,
    };
    messages.push(message);
    byId.set(`${conversation.id} ${id}`, message);
    return message;
  }

  return {
    people,
    conversations,
    messages,
    addPerson,
    addTeam,
    addChannel,
    addGroupChat,
    personalChat,
    findConversation,
    findPerson: (key, among) =>
      among.find((person) =>
        [person.objectId, person.mri, person.userPrincipalName].some((id) => id.toLowerCase() === key.toLowerCase()),
      ),
    findMessage: (conversation, id) => {
      const message = byId.get(`${conversation.id} ${id}`);
      return message?.deleted === true ? undefined : message;
    },
    nextMessageId,
    record,
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function guidOf(text: string): string {
  const hex = digestOf(text).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
