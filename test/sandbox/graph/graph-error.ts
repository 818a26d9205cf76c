import { randomUUID } from "node:crypto";
import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";

/** Graph's error body; the header repeats the request id. */
export function graphError(
  now: Date,
  status: number,
  error: { code: string; message: string },
  headers: Record<string, string> = {},
): Answer {
  const requestId = randomUUID();
  const innerError = { date: now.toISOString().slice(0, 19), "request-id": requestId, "client-request-id": requestId };
  return jsonAnswer(status, { error: { ...error, innerError } }, { "request-id": requestId, ...headers });
}
