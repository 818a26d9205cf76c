import type { ServerResponse } from "node:http";
import { announcerBench } from "../../bot/announcer-bench.ts";
import { json } from "../../bot/loopback.ts";
import { announcerContract, type TeamsBehaviour } from "./announcer-contract.ts";

const error = (code: string) => ({ error: { code, message: "no" } });
const ANSWERS: Readonly<Record<TeamsBehaviour, (response: ServerResponse) => void>> = {
  "takes it": (response) => json(response, 201, { id: "message-1" }),
  "is busy for 7 seconds": (response) => json(response, 429, {}, { "retry-after": "7" }),
  fails: (response) => json(response, 502, {}),
  "times out": () => {},
  resets: (response) => void response.socket?.destroy(),
  "does not know the conversation": (response) => json(response, 404, error("ConversationNotFound")),
  "does not know the message": (response) => json(response, 404, error("ActivityNotFoundInConversation")),
  "removed the bot": (response) => json(response, 403, error("BotNotInConversationRoster")),
  "finds the card too large": (response) => json(response, 413, error("MessageSizeTooBig")),
  "finds the card wrong": (response) => json(response, 400, error("BadSyntax")),
};

announcerContract("Teams by the Bot Connector", async (behaviour) => {
  const { announcer, teams, serviceUrl } = await announcerBench(ANSWERS[behaviour]);
  return { announcer, serviceUrl, calls: () => teams.requests.length };
});
