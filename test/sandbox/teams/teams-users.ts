import type { BotLine } from "./bot-line.ts";
import { type ActionChoice, findAction, inputValuesOf } from "./card-actions.ts";
import { cardOfActivity } from "./check-activity.ts";
import { type Searched, searchedOf, searchValueOf } from "./choice-search.ts";
import type { TeamsState } from "./teams-state.ts";
import type { Turn } from "./teams-types.ts";
import {
  type Activity,
  type Attachment,
  type Conversation,
  isObject,
  type JsonObject,
  type Message,
  type Person,
} from "./teams-types.ts";
import { frameActivity, installChannelData, mentionText } from "./user-activity.ts";

interface SayOptions {
  /** Whether the bot is mentioned; by default in channels and group chats. Unmentioned there, it hears nothing. */
  mention?: boolean;
  mentionPeople?: Person[];
  value?: unknown;
  /** What `shareFile` gave: attached as Teams attaches a file. */
  files?: Attachment[];
  /** Says it in this message's thread instead of starting one. */
  thread?: Message;
}

/** What people do in Teams; each act is one signed activity (an install: two) and waits for the bot's answer. */
export interface TeamsUsers {
  say(person: Person, where: Conversation | "personal", text: string, options?: SayOptions): Promise<Turn>;
  /** Uses an Action.Execute of the card as this person sees it and applies the answer to this person's view. */
  click(person: Person, message: Message, choice: ActionChoice, inputs?: JsonObject): Promise<Turn>;
  /** Uses an Action.Submit, or the fallback of an Action.Execute, as an older client does. */
  submit(person: Person, message: Message, choice: ActionChoice, inputs?: JsonObject): Promise<Turn>;
  /** Types into a choice input with dynamic choices, and gives back what the client would offer. */
  search(person: Person, message: Message, inputId: string, typed: string): Promise<Searched>;
  /** Adds the bot to the person's 1:1 chat, a group chat, or the team of a channel. */
  install(person: Person, where?: Conversation): Promise<Turn[]>;
  /** Removes it again: from then on the bot's writes there are blocked. */
  uninstall(person: Person, where?: Conversation): Promise<Turn[]>;
  /** Sends an activity once more as it was, as Teams does after 15 s without an answer. */
  resend(turn: Turn): Promise<Turn>;
  card(message: Message, person?: Person): JsonObject;
}

export interface UsersDeps {
  clock: { now(): Date };
  serviceUrl: string;
  botAppId: string;
  state: TeamsState;
  line: BotLine;
}

export function createTeamsUsers(deps: UsersDeps): TeamsUsers {
  const { state, line } = deps;

  function frame(type: string, person: Person, conversation: Conversation, threadMessageId?: string): Activity {
    const thread = threadMessageId === undefined ? {} : { threadMessageId };
    const { serviceUrl, botAppId } = deps;
    const id = state.nextMessageId();
    return frameActivity(type, { now: deps.clock.now(), serviceUrl, botAppId, person, conversation, id, ...thread });
  }

  async function say(person: Person, where: Conversation | "personal", text: string, options: SayOptions = {}) {
    const conversation = where === "personal" ? state.personalChat(person) : where;
    const group = conversation.kind !== "personal";
    const mention = options.mention ?? group;
    const activity = frame("message", person, conversation);
    if (conversation.kind === "channel") {
      const root = options.thread?.threadId.split(";messageid=")[1] ?? activity.id;
      activity.conversation = { ...activity.conversation, id: `${conversation.id};messageid=${root}` };
    }
    const content = { text, mention, mentionPeople: options.mentionPeople ?? [] };
    const said = mentionText(activity, content, deps.botAppId);
    if (options.value !== undefined) said.value = options.value;
    if (options.files !== undefined) said.attachments = [...options.files];
    if (group && !mention) return { delivered: false, status: 0, body: undefined, replies: [], activity: said };
    return line.turn(said, conversation);
  }

  function card(message: Message, person?: Person): JsonObject {
    const seen = (person && message.views.get(person.objectId)) ?? cardOfActivity(message.base);
    if (seen === undefined) throw new Error(`Message ${message.id} has no Adaptive Card.`);
    return seen;
  }

  function onCard(type: string, person: Person, message: Message): Activity {
    const thread = message.threadId.split(";messageid=")[1];
    return { ...frame(type, person, message.conversation, thread), replyToId: message.id };
  }

  async function click(person: Person, message: Message, choice: ActionChoice, inputs: JsonObject = {}) {
    const seen = card(message, person);
    const action = findAction(seen, "Action.Execute", choice);
    const value = { action: executed(action, dataOf(action, seen, inputs)), trigger: "manual" };
    const activity = { ...onCard("invoke", person, message), name: "adaptiveCard/action", value };
    const turn = await line.turn(activity, message.conversation);
    const notice = applyAnswer(person, message, turn.body);
    return notice === undefined ? turn : { ...turn, notice };
  }

  async function submit(person: Person, message: Message, choice: ActionChoice, inputs: JsonObject = {}) {
    const seen = card(message, person);
    const value = dataOf(findAction(seen, "Action.Submit", choice), seen, inputs);
    return line.turn({ ...onCard("message", person, message), value }, message.conversation);
  }

  async function search(person: Person, message: Message, inputId: string, typed: string): Promise<Searched> {
    const value = searchValueOf(card(message, person), inputId, typed);
    const activity = { ...onCard("invoke", person, message), name: "application/search", value };
    return searchedOf(await line.turn(activity, message.conversation));
  }

  async function comeOrGo(person: Person, where: Conversation, comes: boolean): Promise<Turn[]> {
    const bot = [{ id: `28:${deps.botAppId}` }];
    const event = where.team === undefined ? undefined : comes ? "teamMemberAdded" : "teamMemberRemoved";
    const update = {
      ...frame("conversationUpdate", person, where),
      ...(comes ? { membersAdded: bot } : { membersRemoved: bot }),
      channelData: installChannelData(where, event),
    };
    const installation = {
      ...frame("installationUpdate", person, where),
      action: comes ? "add" : "remove",
      channelData: installChannelData(where),
    };
    const affected = where.team === undefined ? [where] : state.conversations.filter((one) => one.team === where.team);
    for (const conversation of affected) conversation.state = comes ? "open" : "blocked";
    return [await line.turn(update, where), await line.turn(installation, where)];
  }

  return {
    say,
    click,
    submit,
    search,
    install: (person, where) => comeOrGo(person, where ?? state.personalChat(person), true),
    uninstall: (person, where) => comeOrGo(person, where ?? state.personalChat(person), false),
    resend: (turn) => {
      const conversation = state.findConversation(String(turn.activity.conversation?.id));
      if (conversation === undefined) throw new Error("The activity's conversation is unknown.");
      return line.turn(turn.activity, conversation);
    },
    card,
  };
}

function dataOf(action: JsonObject, card: JsonObject, inputs: JsonObject): JsonObject {
  const data = isObject(action.data) ? action.data : {};
  return action.associatedInputs === "none" ? data : { ...data, ...inputValuesOf(card), ...inputs };
}

function executed(action: JsonObject, data: JsonObject): JsonObject {
  return { type: "Action.Execute", id: action.id, verb: action.verb, title: action.title, data };
}

/** Shows the card of the answer to the clicker, or gives back the text of a notice or an error. */
function applyAnswer(person: Person, message: Message, body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  if (body.type === "application/vnd.microsoft.error" && isObject(body.value)) return String(body.value.message);
  if (body.statusCode !== 200) return undefined;
  if (body.type === "application/vnd.microsoft.card.adaptive" && isObject(body.value)) {
    message.views.set(person.objectId, body.value);
  }
  return body.type === "application/vnd.microsoft.activity.message" ? String(body.value) : undefined;
}
