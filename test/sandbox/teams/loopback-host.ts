import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { SandboxReply } from "./teams-types.ts";

export interface HostRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The raw body as text. */
  body: string;
}

/** An answer, a cut connection, or silence until the host stops. */
export type HostOutcome = SandboxReply | "cut" | "silence";

export interface LoopbackHost {
  url: string;
  stop(): Promise<void>;
}

/** Serves on 127.0.0.1; port 0 takes a free one. A handler that throws answers 500 with its message. */
export async function startLoopbackHost(
  handle: (request: HostRequest) => Promise<HostOutcome>,
  port = 0,
): Promise<LoopbackHost> {
  const server = createServer((request, response) => {
    answer(request, response, handle).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The host has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: HostRequest) => Promise<HostOutcome>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const outcome = await handle({
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  }).catch((error: unknown): SandboxReply => ({ status: 500, body: { error: { message: String(error) } } }));
  if (outcome === "silence") return;
  if (outcome === "cut") {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(outcome.status, { "content-type": "application/json; charset=utf-8", ...outcome.headers });
  if (outcome.raw !== undefined) response.end(outcome.raw);
  else response.end(outcome.body === undefined ? undefined : JSON.stringify(outcome.body));
}
