import { once } from "node:events";
import { setImmediate as breathe } from "node:timers/promises";
import type { Request, Response, Server } from "restify";
import type { ExportContent } from "../services/exports/export-content.ts";
import { type OpenDownloadDeps, openDownload } from "../services/exports/open-download.ts";
import type { Log } from "../services/ports/log.ts";
import { type ConsentPage, html, PAGE_HEADERS, renderPage } from "./consent-page-html.ts";

export type DownloadRouteDeps = OpenDownloadDeps & { readonly log: Log };

const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;

/** Adds GET /download/<token>: a file that is made while it is sent. Nothing tells an ended link from one that never was. */
export function registerDownloads(server: Server, deps: DownloadRouteDeps): void {
  server.get("/download/:token", async (request: Request, response: Response) => {
    try {
      const token = String(request.params?.token ?? "");
      const opened = TOKEN.test(token) ? await openDownload(deps, { token }) : ({ kind: "gone" } as const);
      if (opened.kind === "gone") return page(response, GONE);
      await send(response, opened.content);
      deps.log.info("An export was downloaded.", { kind: opened.exportKind });
    } catch (cause) {
      deps.log.error("A download broke off.", {}, cause);
      // Once some of it is sent, only a broken connection tells the browser that the file is not whole.
      if (response.headersSent) response.destroy();
      else page(response, BROKEN);
    }
  });
}

async function send(response: Response, content: ExportContent): Promise<void> {
  const chunks = content.chunks[Symbol.asyncIterator]();
  // The first piece is made before the status is sent, so that a store that does not answer is a plain 503.
  let next = await chunks.next();
  response.writeHead(200, {
    "Content-Type": content.contentType,
    "Content-Disposition": `attachment; filename="${content.fileName}"`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
  });
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  while (next.done !== true) {
    if (response.destroyed) return void (await chunks.return?.());
    if (!response.write(next.value)) await once(response, "drain", { signal: closed.signal }).catch(() => undefined);
    // SQLite reads within the event loop: others get their turn between two pages.
    await breathe();
    next = await chunks.next();
  }
  response.end();
}

function page(response: Response, what: ConsentPage): void {
  response.writeHead(what.status, { ...PAGE_HEADERS });
  response.end(renderPage(what));
}

const GONE: ConsentPage = {
  status: 404,
  title: "This download is not there",
  body: html`<p>Its link has ended, or never was one. Ask Watchdesk for a new one in Teams; it works for 15 minutes.</p>`,
};

const BROKEN: ConsentPage = {
  status: 503,
  title: "That did not work",
  body: html`<p>The file could not be made. Wait a minute, then open the link once more.</p>`,
};
