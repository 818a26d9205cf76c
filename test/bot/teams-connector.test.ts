import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { isAllowedServiceUrl } from "../../bot/activity-gate.ts";
import { type ConnectorOutcome, createConnectorCall } from "../../bot/teams-connector.ts";
import { Breakdown } from "../../services/domain/breakdown.ts";
import { json, loopback } from "./loopback.ts";

type Answer = (response: ServerResponse) => void;

/** A connector call against a server that gives these answers in turn, the last one again and again. */
async function connector(
  answers: readonly Answer[],
  options: { pause?: number; token?: (fresh: boolean) => Promise<string> } = {},
) {
  let given = 0;
  const server = await loopback((_request, response) => {
    answers[Math.min(given, answers.length - 1)]?.(response);
    given += 1;
  });
  const tokens: boolean[] = [];
  const call = createConnectorCall({
    token: async (fresh) => {
      tokens.push(fresh);
      return options.token === undefined ? `token-${tokens.length}` : await options.token(fresh);
    },
    windows: { take: () => options.pause ?? 0 },
    serviceOrigins: [server.origin],
    timeoutMs: 300,
  });
  const send = (method: "GET" | "POST" = "POST", serviceUrl = `${server.origin}/emea/`) =>
    call({
      place: { accountId: "account", conversationId: "channel", serviceUrl },
      method,
      path: "conversations/channel/activities",
      ...(method === "GET" ? {} : { body: { type: "message" } }),
    });
  return { send, server, tokens };
}

const status =
  (code: number, body: unknown = {}, headers: Record<string, string> = {}): Answer =>
  (response) =>
    json(response, code, body, headers);
const teamsError = (code: string) => ({ error: { code, message: "no" } });
const refused = (code: number, name: string): ConnectorOutcome => ({ kind: "refused", status: code, code: name });
const ambiguous = (code: number): ConnectorOutcome => ({ kind: "ambiguous", why: `status ${code}` });
const wait = (milliseconds: number): ConnectorOutcome => ({ kind: "wait", milliseconds });

describe("createConnectorCall: what an answer means", () => {
  it.each<[string, Answer, ConnectorOutcome]>([
    ["201", status(201, { id: "m1" }), { kind: "done", body: { id: "m1" } }],
    ["200 without JSON", (response) => void response.writeHead(200).end("ok"), { kind: "done", body: null }],
    ["429, Retry-After 7", status(429, {}, { "retry-after": "7" }), wait(7_000)],
    ["429 without Retry-After", status(429), wait(5_000)],
    ["429, Retry-After 0", status(429, {}, { "retry-after": "0" }), wait(5_000)],
    ["429, Retry-After a date", status(429, {}, { "retry-after": "Sun, 22 Nov 2026 14:00:00 GMT" }), wait(5_000)],
    ["408", status(408), ambiguous(408)],
    ["412", status(412), ambiguous(412)],
    ["500", status(500), ambiguous(500)],
    ["502", status(502), ambiguous(502)],
    ["503, with Retry-After as well", status(503, {}, { "retry-after": "1" }), ambiguous(503)],
    ["400", status(400, teamsError("BadSyntax")), refused(400, "BadSyntax")],
    ["403", status(403, teamsError("BotNotInConversationRoster")), refused(403, "BotNotInConversationRoster")],
    ["404", status(404, teamsError("ConversationNotFound")), refused(404, "ConversationNotFound")],
    ["404 with a numbered code", status(404, { errorCode: 1013 }), refused(404, "1013")],
    ["413 in HTML", (response) => void response.writeHead(413).end("<html>"), refused(413, "")],
    ["302 to elsewhere", status(302, {}, { location: "http://127.0.0.1:1/" }), refused(302, "")],
  ])("%s, in one attempt", async (_what, answer, expected) => {
    const { send, server } = await connector([answer]);
    expect(await send()).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ["a reset", (response) => void response.socket?.destroy()],
    ["no answer at all", () => {}],
    [
      "an answer that stops half-way",
      (response) => void response.writeHead(200, { "content-length": "99" }).write('{"id"'),
    ],
    [
      "an answer cut off",
      (response) =>
        void response.writeHead(200, { "content-length": "99" }).write("{", () => response.socket?.destroy()),
    ],
  ])("%s is ambiguous, in one attempt", async (_what, answer) => {
    const { send, server } = await connector([answer]);
    expect((await send()).kind).toBe("ambiguous");
    expect(server.requests).toHaveLength(1);
  });

  it("is no ambiguity where Teams cannot be reached at all: nothing was sent, so it waits", async () => {
    const { send, server } = await connector([status(201)]);
    await server.close();
    expect(await send()).toEqual(wait(5_000));
  });
});

describe("createConnectorCall: our token", () => {
  it("goes with the call, beside the body, to the path below v3", async () => {
    const { send, server } = await connector([status(201, { id: "m1" })]);
    await send();
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      path: "/emea/v3/conversations/channel/activities",
      headers: { authorization: "Bearer token-1", "content-type": "application/json" },
      body: '{"type":"message"}',
    });
  });

  it("takes a service URL without its last slash", async () => {
    const { send, server } = await connector([status(200)]);
    await send("GET", `${server.origin}/emea`);
    expect(server.requests[0]?.path).toBe("/emea/v3/conversations/channel/activities");
  });

  it("is asked for anew once after a 401, and no more than once", async () => {
    const healed = await connector([status(401), status(201, { id: "m1" })]);
    expect(await healed.send()).toEqual({ kind: "done", body: { id: "m1" } });
    expect(healed.tokens).toEqual([false, true]);
    const never = await connector([status(401, teamsError("Unauthorized"))]);
    expect(await never.send()).toEqual(refused(401, "Unauthorized"));
    expect(never.server.requests).toHaveLength(2);
  });

  it("that cannot be had is no ambiguity either: nothing was sent", async () => {
    const token = () => Promise.reject(new Breakdown("credential-failing", "no token"));
    const { send, server } = await connector([status(201)], { token });
    expect(await send()).toEqual(refused(401, "credential-failing"));
    expect(server.requests).toEqual([]);
  });

  it("is never asked for, nor sent, for a host that is not allowed", async () => {
    const { server, send, tokens } = await connector([status(201)]);
    const evil = await loopback((_request, response) => json(response, 201, { id: "m1" }));
    const { port } = new URL(server.origin);
    for (const serviceUrl of [
      evil.origin,
      `http://user@127.0.0.1:${port}/`,
      `http://user:secret@127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
      `http://127.0.0.1.evil.example:${port}/`,
      `http://localhost:${port}/`,
      "http://127.0.0.1/",
      "not a url",
      "",
    ]) {
      expect([serviceUrl, await send("POST", serviceUrl)]).toEqual([serviceUrl, refused(403, "ServiceUrlNotAllowed")]);
    }
    expect([tokens, server.requests, evil.requests]).toEqual([[], [], []]);
  });
});

describe("createConnectorCall: Teams' windows", () => {
  it("waits without calling when a window is full; reading takes none", async () => {
    const { send, server } = await connector([status(200)], { pause: 800 });
    expect(await send()).toEqual(wait(800));
    expect(server.requests).toEqual([]);
    expect((await send("GET")).kind).toBe("done");
  });
});

describe("isAllowedServiceUrl", () => {
  const origins = ["https://smba.trafficmanager.net", "https://smba.infra.gcc.teams.microsoft.com"];
  it.each([
    ["https://smba.trafficmanager.net/emea/", true],
    ["https://smba.trafficmanager.net:443/emea/", true],
    ["https://SMBA.trafficmanager.net/emea/", true],
    ["https://smba.infra.gcc.teams.microsoft.com/gcc", true],
    ["http://smba.trafficmanager.net/emea/", false],
    ["https://smba.trafficmanager.net:8443/", false],
    ["https://smba.trafficmanager.net.evil.example/", false],
    ["https://evil.example/smba.trafficmanager.net", false],
    ["https://smba.trafficmanager.net@evil.example/", false],
    ["https://user@smba.trafficmanager.net/", false],
    ["https://smba.trafficmanager.net\\@evil.example/", true],
    ["javascript:alert(1)", false],
    ["", false],
  ])("%s: %s", (url, allowed) => {
    expect(isAllowedServiceUrl(url, origins)).toBe(allowed);
  });
});
