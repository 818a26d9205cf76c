import type { BotTokens, TokenOverrides } from "./bot-tokens.ts";
import type { TeamsState } from "./teams-state.ts";
import type { Activity, Conversation, JsonObject, Turn } from "./teams-types.ts";

export interface SignedActivity {
  body: string;
  headers: Record<string, string>;
}

export interface BotAnswer {
  status: number;
  headers: Record<string, string>;
  /** Parsed where it is JSON, else the text; undefined where it is empty. */
  body: unknown;
}

/** The line from Teams to the bot. */
export interface BotLine {
  connect(url: string): void;
  sign(activity: Activity, overrides?: TokenOverrides): Promise<SignedActivity>;
  post(rawBody: string | Buffer, headers: Record<string, string>): Promise<BotAnswer>;
  /** Signs, posts and waits for the answer; the replies are what the bot posted in that conversation meanwhile. */
  turn(activity: Activity, conversation: Conversation): Promise<Turn>;
}

/** Speaks to the bot's messaging endpoint as the Bot Framework does. */
export function createBotLine(deps: { tokens: BotTokens; state: TeamsState }): BotLine {
  let botUrl: string | undefined;

  async function post(rawBody: string | Buffer, headers: Record<string, string>): Promise<BotAnswer> {
    if (botUrl === undefined) throw new Error("No bot is connected: call connectBot(url) first.");
    const body = typeof rawBody === "string" ? rawBody : new Uint8Array(rawBody);
    const response = await fetch(botUrl, { method: "POST", headers, body });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: parsed(await response.text()),
    };
  }

  async function sign(activity: Activity, overrides?: TokenOverrides): Promise<SignedActivity> {
    const authorization = await deps.tokens.authorize(activity, overrides);
    const headers = { "content-type": "application/json; charset=utf-8", authorization };
    return { body: JSON.stringify(activity), headers };
  }

  return {
    connect: (url) => {
      botUrl = url;
    },
    sign,
    post,
    turn: async (activity, conversation) => {
      const before = deps.state.messages.length;
      const signed = await sign(activity);
      const answer = await post(signed.body, signed.headers);
      const replies = deps.state.messages.slice(before).filter((message) => message.conversation === conversation);
      return { delivered: true, status: answer.status, body: answer.body, replies, activity };
    },
  };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    const value: JsonObject | string = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
