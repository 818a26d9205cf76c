import { request } from "undici";
import { Breakdown } from "../../domain/breakdown.ts";

export interface HuntressAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Null where a failure's body is no JSON. */
  readonly body: unknown;
}

const TIMEOUT_MS = 20_000;
const LARGEST_ANSWER = 10 * 1024 * 1024;

/**
 * One GET: no retry, no redirect, no inflating. Throws Breakdown `not-answering` (retryable) where no whole answer came,
 * `unreadable-answer` (retryable) where a success is no JSON or holds more than 10 MB.
 */
export async function huntressGet(input: { url: string; authorization: string }): Promise<HuntressAnswer> {
  const headers = { accept: "application/json", authorization: input.authorization };
  let answer: { status: number; retryAfter: string | null; text: string | null };
  try {
    const response = await request(input.url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    // Breaking an answer off makes its body fail, which is no news here.
    response.body.on("error", () => undefined);
    const header = response.headers["retry-after"];
    const text = await readAtMost(response.body, LARGEST_ANSWER);
    answer = { status: response.statusCode, retryAfter: header === undefined ? null : String(header), text };
  } catch (cause) {
    throw new Breakdown("not-answering", "Huntress cannot be reached.", { retryable: true, cause });
  }
  const body = answer.text === null ? undefined : parse(answer.text);
  if (body === undefined && answer.status === 200) {
    throw new Breakdown("unreadable-answer", "Huntress gave an answer that cannot be read.", { retryable: true });
  }
  return { status: answer.status, retryAfter: answer.retryAfter, body: body ?? null };
}

async function readAtMost(body: AsyncIterable<Buffer>, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, so the rest is not received.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
