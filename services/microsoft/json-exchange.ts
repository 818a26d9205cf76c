import { type Dispatcher, request } from "undici";
import { Breakdown } from "../domain/breakdown.ts";

export type Service = "Microsoft Graph" | "Defender for Endpoint" | "Microsoft sign-in";

export interface JsonRequest {
  /** Who is asked, for messages. */
  readonly service: Service;
  readonly method: "GET" | "POST" | "PATCH";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** At most one of the two. */
  readonly json?: unknown;
  readonly form?: string;
}

/** An answer of any status. A body that is no JSON is null, and only there where the status says failure anyway. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface ExchangeLimits {
  /** For the whole exchange, connection and body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * One request, one answer: no retry, no redirect, no inflating. Throws Breakdown `not-answering` (retryable; `detail`
 * is "timeout" or the socket's error code) where no whole answer came, `unreadable-answer` (retryable) where a success
 * holds HTML, broken JSON or more than `maxBytes`.
 */
export async function exchangeJson(
  deps: { dispatcher: Dispatcher; limits: ExchangeLimits },
  input: JsonRequest,
): Promise<JsonAnswer> {
  const { dispatcher, limits } = deps;
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let answer: { status: number; headers: Record<string, string>; text: string | null };
  try {
    const response = await request(input.url, {
      dispatcher,
      signal,
      method: input.method,
      headers: { accept: "application/json", ...contentType(input), ...input.headers },
      body: input.json === undefined ? (input.form ?? null) : JSON.stringify(input.json),
    });
    const headers = flatten(response.headers);
    answer = { status: response.statusCode, headers, text: await readAtMost(response.body, limits.maxBytes) };
  } catch (cause) {
    throw notAnswering(input.service, cause, signal.aborted);
  }
  if (answer.text === null) throw unreadable(input.service, "answer too large");
  const body = parse(answer.text);
  const success = answer.status >= 200 && answer.status < 300;
  if (success && body === undefined) throw unreadable(input.service, "not JSON");
  return { status: answer.status, headers: answer.headers, body: body ?? null };
}

function contentType(input: JsonRequest): Record<string, string> {
  if (input.json !== undefined) return { "content-type": "application/json" };
  return input.form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
}

async function readAtMost(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, so the rest is not received.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Null for an empty body, undefined for one that is no JSON. */
function parse(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")] as const);
  return Object.fromEntries(entries);
}

function notAnswering(service: Service, cause: unknown, timedOut: boolean): Breakdown {
  const detail = timedOut ? "timeout" : socketCode(cause);
  const message = timedOut ? `${service} did not answer in time.` : `${service} cannot be reached.`;
  return new Breakdown("not-answering", message, { retryable: true, detail, cause });
}

function socketCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no answer";
}

function unreadable(service: Service, detail: string): Breakdown {
  return new Breakdown("unreadable-answer", `${service} gave an answer that cannot be read.`, {
    retryable: true,
    detail,
  });
}
