import { expect } from "vitest";
import { cardOfActivity } from "../sandbox/teams/check-activity.ts";
import type { Conversation, Message, Person, Turn } from "../sandbox/teams/teams-types.ts";
import { textOf } from "../sandbox/teams/text-of-card.ts";
import type { House } from "./house.ts";

/** All that a message says: its text, or the words of its card as this person sees it. */
export function wordsOf(message: Message, person?: Person): string {
  const seen = (person && message.views.get(person.objectId)) ?? cardOfActivity(message.base);
  return [message.base.text ?? "", seen === undefined ? "" : textOf(seen)].join("\n").trim();
}

/** The bot's messages in a chat or channel that say this, oldest first. */
export function messagesSaying(house: House, where: Conversation | Person, words: string): Message[] {
  return house.sandbox.teams.messages(where).filter((message) => wordsOf(message).includes(words));
}

/** The one message there that says this; fails where there is none, or more than one. */
export function oneSaying(house: House, where: Conversation | Person, words: string): Message {
  const [message, ...others] = messagesSaying(house, where, words);
  if (message !== undefined && others.length === 0) return message;
  const all = house.sandbox.teams.messages(where).map((each) => wordsOf(each).slice(0, 300));
  throw new Error(
    `${message === undefined ? 0 : others.length + 1} messages say "${words}" of:\n${all.join("\n--\n")}`,
  );
}

/** What the bot answered: the sentence beside a card, the card that took the clicked one's place, or its messages. */
export function answerOf(turn: Turn): string {
  const body = turn.body as { value?: unknown } | undefined;
  const card = typeof body?.value === "object" ? textOf(body.value) : "";
  return [turn.notice ?? "", card, ...turn.replies.map((reply) => wordsOf(reply))].join("\n").trim();
}

/** Says something to the bot in 1:1 and gives back its whole answer. */
export async function ask(house: House, person: Person, text: string): Promise<string> {
  return answerOf(await house.sandbox.teams.say(person, "personal", text));
}

/** What each story ends with: no unknown request, Teams' windows kept, and no error in the log but the expected ones. */
export function expectCalmEnd(house: House, expectedErrors: readonly string[] = []): void {
  expect(house.sandbox.unknownRequests).toEqual([]);
  expect(house.sandbox.teams.breaches).toEqual([]);
  const errors = house.logged.filter(({ level }) => level === "error");
  expect(errors.filter(({ sentence }) => !expectedErrors.includes(sentence))).toEqual([]);
}
