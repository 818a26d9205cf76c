import type { IncomingMessage } from "node:http";

export type BodyOutcome =
  | { readonly kind: "read"; readonly body: string }
  | { readonly kind: "refused"; readonly status: 400 | 413 | 415 };

/**
 * Reads a request's body as UTF-8 text, at most `limit` bytes, never decompressed: an encoded body is refused before a
 * byte of it is read (reliability.md fact 4).
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<BodyOutcome> {
  if (request.headers["content-encoding"] !== undefined) return { kind: "refused", status: 415 };
  if (Number(request.headers["content-length"] ?? 0) > limit) return { kind: "refused", status: 413 };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return { kind: "refused", status: 413 };
      chunks.push(chunk);
    }
  } catch {
    return { kind: "refused", status: 400 };
  }
  return { kind: "read", body: Buffer.concat(chunks).toString("utf8") };
}
