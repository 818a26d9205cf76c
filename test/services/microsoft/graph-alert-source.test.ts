import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../../services/domain/alert.ts";
import { createGraphAlertSource } from "../../../services/microsoft/graph-alert-source.ts";
import { type Answer, jsonAnswer } from "../../sandbox/answer.ts";
import { type Route, startJsonServer } from "../../sandbox/json-server.ts";
import { startMicrosoft } from "./microsoft-fixture.ts";

let microsoft: Awaited<ReturnType<typeof startMicrosoft>>;
beforeEach(async () => {
  microsoft = await startMicrosoft();
});
afterEach(async () => {
  await microsoft.close();
});

const longAgo = "2026-11-01T00:00:00.000Z";

async function readAll(tenantId: string, changedSince = longAgo, openOnly = false, source = microsoft.source) {
  const pages: (readonly Alert[])[] = [];
  for await (const page of source.pages({ tenantId, changedSince, openOnly })) pages.push(page.alerts);
  return pages;
}

describe("pages", () => {
  it("reads every page, newest first", async () => {
    const tenantId = microsoft.consented("A");
    const ids = microsoft.world.storm(tenantId, 230);
    const pages = await readAll(tenantId);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
    expect(pages.flat().map((alert) => alert.id)).toEqual(ids.toReversed());
    expect(microsoft.cloud.graph.unknownRequests).toEqual([]);
  });

  it("takes what changed at or after the moment, and with openOnly what is not resolved", async () => {
    const tenantId = microsoft.consented("A");
    const at = (time: string) => ({ createdAt: new Date(time), lastUpdateAt: new Date(time) });
    microsoft.world.arrive(tenantId, at("2026-11-22T12:59:59.999Z"));
    const edge = microsoft.world.arrive(tenantId, at("2026-11-22T13:00:00.000Z"));
    const done = microsoft.world.arrive(tenantId, { ...at("2026-11-22T13:30:00.000Z"), status: "resolved" });
    const ids = async (openOnly: boolean) =>
      (await readAll(tenantId, "2026-11-22T13:00:00.000Z", openOnly)).flat().map((alert) => alert.id);
    expect(await ids(false)).toEqual([done, edge]);
    expect(await ids(true)).toEqual([edge]);
  });

  it("keeps odd alerts, with what is known of them", async () => {
    const tenantId = microsoft.consented("A");
    const id = microsoft.world.arrive(tenantId, { template: "unknownShape" });
    const [alert] = (await readAll(tenantId)).flat();
    expect(alert).toMatchObject({ id, severity: "unknown", title: "", unreadable: false });
    expect(alert?.evidence.map((item) => item.kind)).toEqual(["other", "other", "other"]);
  });

  it.each([
    [{ kind: "status", status: 429, retryAfterSeconds: 5 }, { code: "throttled", retryAfterMs: 5_000 }, 1],
    [{ kind: "status", status: 500 }, { code: "not-answering", detail: "InternalServerError" }, 3],
    [{ kind: "reset" }, { code: "not-answering" }, 3],
    [{ kind: "timeout" }, { code: "not-answering", detail: "timeout" }, 1],
    [{ kind: "html" }, { code: "unreadable-answer" }, 1],
    [{ kind: "truncated" }, { code: "unreadable-answer" }, 1],
    [{ kind: "status", status: 403 }, { code: "permission-missing", retryable: false }, 1],
    [{ kind: "status", status: 404 }, { code: "not-found", retryable: false }, 1],
  ] as const)("answers %j with %j after %i requests", async (fault, expected, requests) => {
    const tenantId = microsoft.consented("A");
    microsoft.world.fault({ api: "graph", tenantId, fault });
    await expect(readAll(tenantId)).rejects.toMatchObject({ ...expected, name: "Breakdown" });
    expect(microsoft.world.requests.find({ api: "graph" })).toHaveLength(requests);
  });

  it("heals a single 500 by itself", async () => {
    const tenantId = microsoft.consented("A");
    const id = microsoft.world.arrive(tenantId);
    microsoft.world.fault({ api: "graph", tenantId, fault: { kind: "status", status: 500 }, times: 1 });
    expect((await readAll(tenantId)).flat().map((alert) => alert.id)).toEqual([id]);
  });

  it("takes one new token after a 401, and says so when that fails too", async () => {
    const tenantId = microsoft.consented("A");
    await readAll(tenantId);
    microsoft.world.revokeConsent(tenantId);
    await expect(readAll(tenantId)).rejects.toMatchObject({ code: "consent-missing", detail: "AADSTS700016" });
    microsoft.world.consent(tenantId);
    expect(await readAll(tenantId)).toEqual([[]]);
    microsoft.world.fault({ api: "graph", tenantId, fault: { kind: "status", status: 401 } });
    microsoft.world.requests.clear();
    await expect(readAll(tenantId)).rejects.toMatchObject({ code: "unauthorized" });
    expect(microsoft.world.requests.find({ api: "graph" })).toHaveLength(2);
  });

  it("drops the token after missing roles, so that a later grant counts at once", async () => {
    const tenantId = microsoft.consented("A");
    microsoft.world.removeRole(tenantId, "SecurityAlert.ReadWrite.All", { resource: "graph" });
    await expect(readAll(tenantId)).rejects.toMatchObject({ code: "permission-missing", detail: "Forbidden" });
    microsoft.world.consent(tenantId);
    expect(await readAll(tenantId)).toEqual([[]]);
  });
});

describe("a list that goes on oddly", () => {
  async function fakeGraph(answer: (url: URL, own: string) => Answer) {
    const asked: string[] = [];
    const routes: Route[] = [];
    const server = await startJsonServer({ routes });
    routes.push({
      method: "GET",
      path: /^.*$/,
      handle: ({ url, headers }) => {
        asked.push(`${url.pathname} ${String(headers.authorization).slice(0, 6)}`);
        return answer(url, server.url);
      },
    });
    const tenantId = microsoft.consented("A");
    const endpoints = { ...microsoft.endpoints, graph: server.url };
    const source = createGraphAlertSource({ ...microsoft, endpoints });
    return { asked, server, read: () => readAll(tenantId, longAgo, false, source) };
  }

  it.each([
    ["another origin", () => "http://127.0.0.1:9/v1.0/security/alerts_v2?$skip=1"],
    ["another path", (own: string) => `${own}/v1.0/users?$skip=1`],
    ["a climbing path", (own: string) => `${own}/v1.0/security/alerts_v2/../../users`],
    ["no address", () => "next"],
  ])("does not follow %s", async (_name, next) => {
    const graph = await fakeGraph((_url, own) => jsonAnswer(200, { value: [], "@odata.nextLink": next(own) }));
    await expect(graph.read()).rejects.toMatchObject({ code: "unreadable-answer", retryable: true });
    expect(graph.asked).toEqual(["/v1.0/security/alerts_v2 Bearer"]);
    await graph.server.close();
  });

  it("ends a circle", async () => {
    const graph = await fakeGraph((_url, own) =>
      jsonAnswer(200, { value: [], "@odata.nextLink": `${own}/v1.0/security/alerts_v2?$skip=1` }),
    );
    await expect(graph.read()).rejects.toMatchObject({ detail: "the list's continuation goes in a circle" });
    expect(graph.asked).toHaveLength(2);
    await graph.server.close();
  });

  it.each([400, 404, 410])("asks for a new read when the continuation has expired (%i)", async (status) => {
    const graph = await fakeGraph((url, own) =>
      url.searchParams.has("$skip")
        ? jsonAnswer(status, { error: { code: "SkipTokenExpired", message: "" } })
        : jsonAnswer(200, { value: [], "@odata.nextLink": `${own}/v1.0/security/alerts_v2?$skip=1` }),
    );
    const expected = { code: "unreadable-answer", retryable: true, detail: "the list's continuation expired" };
    await expect(graph.read()).rejects.toMatchObject(expected);
    await graph.server.close();
  });

  it("does not follow a redirect with our token", async () => {
    const graph = await fakeGraph((_url, own) => jsonAnswer(302, {}, { location: `${own}/elsewhere` }));
    await expect(graph.read()).rejects.toMatchObject({ code: "unreadable-answer", detail: "HTTP 302" });
    expect(graph.asked).toHaveLength(1);
    await graph.server.close();
  });

  it("stops receiving a page that is too large", async () => {
    const graph = await fakeGraph(() => jsonAnswer(200, { value: [], padding: "x".repeat(600_000) }));
    await expect(graph.read()).rejects.toMatchObject({ code: "unreadable-answer", detail: "answer too large" });
    await graph.server.close();
  });

  it("keeps an unreadable alert, and tells of it and of one without an id", async () => {
    const items = [{ id: "da1_1", title: { no: "text" } }, { title: "no id" }];
    const graph = await fakeGraph(() => jsonAnswer(200, { value: items }));
    const [page] = await graph.read();
    expect(page).toHaveLength(1);
    expect(page?.[0]).toMatchObject({ id: "da1_1", unreadable: true });
    expect(microsoft.log.lines.map(({ level, fields }) => [level, fields.alertId])).toEqual([
      ["warn", "da1_1"],
      ["error", undefined],
    ]);
    await graph.server.close();
  });
});

describe("one alert", () => {
  it("is got, changed and commented", async () => {
    const tenantId = microsoft.consented("A");
    const alertId = microsoft.world.arrive(tenantId);
    expect(await microsoft.source.get({ tenantId, alertId })).toMatchObject({ id: alertId, status: "new" });
    microsoft.cloud.clock.advance(1_000);
    const change = { status: "inProgress", assignedTo: "mina.okafor@harborridge.example" } as const;
    const changed = await microsoft.source.update({ tenantId, alertId, change });
    expect(changed).toMatchObject({ ...change, updatedAt: "2026-11-22T14:00:01.000Z" });
    await microsoft.source.comment({ tenantId, alertId, text: "one" });
    const comments = await microsoft.source.comment({ tenantId, alertId, text: "two" });
    const at = "2026-11-22T14:00:01.000Z";
    expect(comments).toEqual([
      { text: "one", by: "Watchdesk for Defender", at },
      { text: "two", by: "Watchdesk for Defender", at },
    ]);
    const released = await microsoft.source.update({ tenantId, alertId, change: { assignedTo: null } });
    expect(released).toMatchObject({ status: "inProgress", assignedTo: null });
  });

  it("is null when Defender does not know it, and not-found when it is written to", async () => {
    const tenantId = microsoft.consented("A");
    const alertId = "da000000000000000000_1";
    expect(await microsoft.source.get({ tenantId, alertId })).toBeNull();
    const writes = [
      microsoft.source.update({ tenantId, alertId, change: { status: "resolved" } }),
      microsoft.source.comment({ tenantId, alertId, text: "x" }),
    ];
    for (const write of writes) await expect(write).rejects.toMatchObject({ code: "not-found" });
  });

  it.each(["..", ".", "../../organization", "a/b", ""])("asks nothing for the id %j", async (alertId) => {
    const tenantId = microsoft.consented("A");
    expect(await microsoft.source.get({ tenantId, alertId })).toBeNull();
    await expect(microsoft.source.comment({ tenantId, alertId, text: "x" })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(microsoft.world.requests.find({ api: "graph" })).toEqual([]);
  });

  it.each([{ kind: "status", status: 500 }, { kind: "reset" }, { kind: "timeout" }] as const)(
    "is never written to twice after %j",
    async (fault) => {
      const tenantId = microsoft.consented("A");
      const alertId = microsoft.world.arrive(tenantId);
      microsoft.world.fault({ api: "graph", tenantId, fault, method: "POST", afterWork: true });
      const writing = microsoft.source.comment({ tenantId, alertId, text: "once" });
      await expect(writing).rejects.toMatchObject({ code: "not-answering", retryable: true });
      expect(microsoft.world.requests.find({ api: "graph", method: "POST" })).toHaveLength(1);
      const alert = await microsoft.source.get({ tenantId, alertId });
      expect(alert?.comments.map((comment) => comment.text)).toEqual(["once"]);
    },
  );
});
