import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer } from "./answer.ts";
import { jsonAnswer, sendAnswer } from "./answer.ts";

/** One request as a route sees it; `parts` are the groups of the route's pattern. */
export interface SandboxRequest {
  method: string;
  url: URL;
  path: string;
  parts: string[];
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Route {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** A string matches the whole path exactly; an expression must be anchored by its author. */
  path: string | RegExp;
  handle: (request: SandboxRequest) => Answer | Promise<Answer>;
}

export interface JsonServer {
  url: string;
  /** "GET /path" of each request that no route answers, oldest first. */
  unknownRequests: string[];
  /** Ends at once, open and silent connections included. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 (port 0 picks a free one) and answers 501 where no route matches. */
export async function startJsonServer(options: { routes: Route[]; port?: number }): Promise<JsonServer> {
  const unknownRequests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void answerOne(options.routes, unknownRequests, incoming)
      .catch((error: unknown) => jsonAnswer(500, { sandboxError: String(error) }))
      .then((answer) => sendAnswer(outgoing, answer));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    unknownRequests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerOne(routes: Route[], unknownRequests: string[], incoming: IncomingMessage): Promise<Answer> {
  const method = incoming.method ?? "GET";
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const body = await readBody(incoming);
  for (const route of routes) {
    const parts = route.method === method ? matchPath(route.path, url.pathname) : undefined;
    if (parts !== undefined) {
      return route.handle({ method, url, path: url.pathname, parts, headers: incoming.headers, body });
    }
  }
  // Browsers ask for it by themselves, so it says nothing about the product.
  if (url.pathname === "/favicon.ico") return jsonAnswer(404, {});
  unknownRequests.push(`${method} ${url.pathname}`);
  return jsonAnswer(501, { error: { code: "NotSimulated", message: `The sandbox has no ${method} ${url.pathname}` } });
}

function matchPath(pattern: string | RegExp, path: string): string[] | undefined {
  if (typeof pattern === "string") return pattern === path ? [] : undefined;
  const found = pattern.exec(path);
  if (found === null) return undefined;
  try {
    return found.slice(1).map((part) => decodeURIComponent(part ?? ""));
  } catch {
    return undefined;
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
