import type { ServerResponse } from "node:http";

/** What a route gives back; the kinds besides `sent` are the ways in which a server fails on the wire. */
export type Answer =
  | { kind: "sent"; status: number; headers: Record<string, string>; body: string }
  | { kind: "truncated"; status: number; headers: Record<string, string>; body: string }
  | { kind: "silent" }
  | { kind: "reset" };

/** A JSON body with Microsoft's content type. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const type = "application/json; charset=utf-8";
  return { kind: "sent", status, headers: { "content-type": type, ...headers }, body: JSON.stringify(body) };
}

export function pageAnswer(status: number, html: string, headers: Record<string, string> = {}): Answer {
  const own = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return { kind: "sent", status, headers: { ...own, ...headers }, body: html };
}

/** 303, so that the browser follows a form's POST with a GET. */
export function redirectAnswer(location: string, headers: Record<string, string> = {}): Answer {
  return { kind: "sent", status: 303, headers: { location, "cache-control": "no-store", ...headers }, body: "" };
}

/** Writes the answer; a silent one leaves the connection open until the server closes. */
export function sendAnswer(outgoing: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case "sent": {
      outgoing.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
      outgoing.end(answer.body);
      return;
    }
    case "truncated": {
      // The length is that of the half that is sent, so the client sees a whole answer with broken JSON.
      const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
      outgoing.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(half) });
      outgoing.end(half);
      return;
    }
    case "silent":
      return;
    case "reset":
      outgoing.socket?.resetAndDestroy();
      return;
  }
}
