import { type Dispatcher, request } from "undici";
import { z } from "zod";
import { Breakdown } from "../services/domain/breakdown.ts";
import { SECOND } from "../services/domain/instant.ts";
import { isAllowedServiceUrl } from "./activity-gate.ts";
import type { TeamsWindows } from "./teams-windows.ts";

/** Where a call goes: a conversation at its service URL. */
export interface Place {
  readonly accountId: string;
  readonly conversationId: string;
  readonly serviceUrl: string;
}

/** What became of one attempt (reliability.md fact 1). */
export type ConnectorOutcome =
  | { readonly kind: "done"; readonly body: unknown }
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "ambiguous"; readonly why: string }
  | { readonly kind: "refused"; readonly status: number; readonly code: string };

export interface TeamsConnectorOptions {
  /** The bot's own app token, fresh when asked for after a 401. */
  readonly token: (fresh: boolean) => Promise<string>;
  readonly windows: TeamsWindows;
  readonly serviceOrigins: readonly string[];
  readonly dispatcher?: Dispatcher;
  readonly timeoutMs?: number;
}

export type ConnectorCall = (input: {
  place: Place;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `v3/`, each part encoded by the caller. */
  path: string;
  body?: unknown;
}) => Promise<ConnectorOutcome>;

const errorSchema = z.object({ error: z.object({ code: z.string() }).optional(), errorCode: z.number().optional() });
const DEFAULT_WAIT = 5 * SECOND;
/** Failures before a byte was sent: there is no doubt that Teams did not take it. */
const NOTHING_SENT: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Our own thin Bot Connector call: one attempt, ten seconds, no retry. Creating an activity has no idempotency key, so
 * whoever calls decides what an ambiguous answer means. Our token goes to allowed hosts only.
 */
export function createConnectorCall(options: TeamsConnectorOptions): ConnectorCall {
  const timeout = options.timeoutMs ?? 10 * SECOND;
  const send = async (input: Parameters<ConnectorCall>[0], fresh: boolean): Promise<ConnectorOutcome> => {
    const { place, method, path } = input;
    const base = place.serviceUrl.endsWith("/") ? place.serviceUrl : `${place.serviceUrl}/`;
    let token: string;
    try {
      token = await options.token(fresh);
    } catch (cause) {
      return { kind: "refused", status: 401, code: cause instanceof Breakdown ? cause.code : "NoToken" };
    }
    try {
      const answer = await request(`${base}v3/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        headersTimeout: timeout,
        bodyTimeout: timeout,
        ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
      });
      const text = await answer.body.text();
      return outcomeOf(answer.statusCode, answer.headers["retry-after"], text);
    } catch (cause) {
      const code = cause instanceof Error && "code" in cause ? cause.code : null;
      if (NOTHING_SENT.has(code)) return { kind: "wait", milliseconds: DEFAULT_WAIT };
      return { kind: "ambiguous", why: cause instanceof Error ? cause.message : "no answer" };
    }
  };
  return async (input) => {
    if (!isAllowedServiceUrl(input.place.serviceUrl, options.serviceOrigins)) {
      return { kind: "refused", status: 403, code: "ServiceUrlNotAllowed" };
    }
    const counted = input.method !== "GET";
    const pause = counted ? options.windows.take(input.place) : 0;
    if (pause > 0) return { kind: "wait", milliseconds: pause };
    try {
      const first = await send(input, false);
      // A refused token is no ambiguity: nothing was posted with it.
      return first.kind === "refused" && first.status === 401 ? await send(input, true) : first;
    } finally {
      if (counted) options.windows.answered?.(input.place);
    }
  };
}

function outcomeOf(status: number, retryAfter: string | string[] | undefined, text: string): ConnectorOutcome {
  if (status >= 200 && status < 300) return { kind: "done", body: parse(text) };
  if (status === 429) {
    const seconds = Number(retryAfter);
    return { kind: "wait", milliseconds: Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND : DEFAULT_WAIT };
  }
  if (status === 408 || status === 412 || status >= 500) return { kind: "ambiguous", why: `status ${status}` };
  const error = errorSchema.safeParse(parse(text)).data;
  return { kind: "refused", status, code: error?.error?.code ?? String(error?.errorCode ?? "") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
