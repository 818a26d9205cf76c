import type { Request, Response, Server } from "restify";
import type { Log } from "../services/ports/log.ts";
import { createBareServer } from "./bare-server.ts";
import { closeServer, listen } from "./listen.ts";
import type { Readiness } from "./readiness.ts";

export interface AdminDeps {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: { page(): Promise<{ readonly contentType: string; readonly text: string }> };
  readonly log: Log;
}

/**
 * Listens for the operator alone, on a port of its own (ADMIN_PORT): nobody is asked who they are, and nothing can be changed
 * here. Without a port there is no server.
 */
export async function openAdminServer(
  deps: AdminDeps,
  at: { readonly port: number | null; readonly host: string },
): Promise<{ readonly port: number | null; close(): Promise<void> }> {
  if (at.port === null) return { port: null, close: async () => undefined };
  const server = createAdminServer(deps);
  const port = await listen(server, { port: at.port, host: at.host });
  return { port, close: () => closeServer(server) };
}

function createAdminServer(deps: AdminDeps): Server {
  const server = createBareServer(deps);
  server.get("/metrics", async (_request: Request, response: Response) => {
    const { contentType, text } = await deps.metrics.page();
    send(response, 200, contentType, text);
  });
  server.get("/readyz", async (_request: Request, response: Response) => {
    const found = await deps.readiness();
    send(response, found.ready ? 200 : 503, "application/json", `${JSON.stringify(found)}\n`);
  });
  return server;
}

function send(response: Response, status: number, contentType: string, text: string): void {
  response.writeHead(status, { "content-type": contentType });
  response.end(text);
}
