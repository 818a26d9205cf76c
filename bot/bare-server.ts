import restify, { type Request, type Response, type Server } from "restify";
import type { Log } from "../services/ports/log.ts";

/** A restify server without routes: it says nothing of itself, and what no route answers is a bare status. */
export function createBareServer({ log }: { readonly log: Log }): Server {
  const server = restify.createServer({ name: "watchdesk", ignoreTrailingSlash: true });
  server.pre((_request, response, next) => {
    response.removeHeader("Server");
    response.header("X-Content-Type-Options", "nosniff");
    next();
  });
  // The listener's `done` is left alone: behind it restify answers once more, and headers sent twice are an uncaught error.
  server.on("restifyError", (_request: Request, response: Response, cause: { statusCode?: number }) => {
    const status = cause.statusCode ?? 500;
    if (status >= 500) log.error("A request failed.", {}, cause);
    if (!response.headersSent) bare(response, status);
    else if (!response.writableEnded) response.destroy();
  });
  return server;
}

/** A status and nothing else. */
export function bare(response: Response, status: number): void {
  response.status(status);
  response.end();
}
