import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { defenderScope, graphScope, startCloud } from "../cloud-fixture.ts";

let cloud: Cloud;
let token: string;
let tenantId: string;
beforeEach(async () => {
  cloud = await startCloud({ pageSize: 3 });
  ({ tenantId } = cloud.world.tenant("A"));
  cloud.world.consent(tenantId);
  token = await cloud.tokenFor(tenantId, graphScope);
});
afterEach(() => cloud.close());

const alertsUrl = (query = "") => `${cloud.graph.url}/v1.0/security/alerts_v2${query}`;
const list = (query = "") => cloud.call(alertsUrl(query), token);
const idsOf = (body: Record<string, unknown>) => (body.value as { id: string }[]).map(({ id }) => id);
const filter = (text: string) => `?$filter=${encodeURIComponent(text)}`;

describe("who may ask", () => {
  it("refuses no token, another API's, a forged and an expired one", async () => {
    const statusOf = async (authorization: string) =>
      (await fetch(alertsUrl(), authorization === "" ? {} : { headers: { authorization } })).status;
    expect(await statusOf("")).toBe(401);
    expect(await statusOf(`Bearer ${await cloud.tokenFor(tenantId, defenderScope)}`)).toBe(401);
    expect(await statusOf(`Bearer ${token.slice(0, -8)}AAAAAAAA`)).toBe(401);
    expect(await statusOf(`Bearer ${token}`)).toBe(200);
    cloud.clock.advance(3_600_000);
    const { status, body } = await list();
    expect([status, body.error]).toEqual([401, expect.objectContaining({ code: "InvalidAuthenticationToken" })]);
  });

  it("refuses a token without the role, and tokens from before a revocation", async () => {
    cloud.world.removeRole(tenantId, "SecurityAlert.ReadWrite.All");
    expect((await list()).status).toBe(401);
    token = await cloud.tokenFor(tenantId, graphScope);
    const { status, body } = await list();
    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain("Missing application roles. API required roles:");
    cloud.world.removeRole(tenantId, "Organization.Read.All", { oldTokens: "valid" });
    expect((await cloud.call(`${cloud.graph.url}/v1.0/organization`, token)).status).toBe(200);
    token = await cloud.tokenFor(tenantId, graphScope);
    expect((await cloud.call(`${cloud.graph.url}/v1.0/organization`, token)).body).toMatchObject({
      error: { code: "Authorization_RequestDenied" },
    });
  });
});

it("shows the organization with its verified domains", async () => {
  const { body } = await cloud.call(`${cloud.graph.url}/v1.0/organization`, token);
  expect(body.value).toMatchObject([{ id: tenantId, displayName: "Contoso Dental" }]);
  expect(JSON.stringify(body)).toContain("contoso-dental.example");
});

describe("listing alerts", () => {
  it("pages newest first and its nextLink keeps the filter", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      ids.unshift(cloud.world.arrive(tenantId));
      cloud.clock.advance(1000);
    }
    cloud.world.arrive(tenantId, { template: "identityProtection" });
    const found: string[] = [];
    let url: unknown = alertsUrl(filter("serviceSource eq 'microsoftDefenderForEndpoint'"));
    let pages = 0;
    while (typeof url === "string") {
      const { body } = await cloud.call(url, token);
      found.push(...idsOf(body));
      url = body["@odata.nextLink"];
      pages += 1;
    }
    expect(found).toEqual(ids);
    expect(pages).toBe(3);
  });

  it("filters by last update and status, and includes the border", async () => {
    const old = cloud.world.arrive(tenantId, { lastUpdateAt: new Date("2026-11-22T13:00:00.000Z") });
    const recent = cloud.world.arrive(tenantId, { status: "resolved" });
    const since = filter("lastUpdateDateTime ge 2026-11-22T14:00:00.000Z and status eq 'resolved'");
    expect(idsOf((await list(since)).body)).toEqual([recent]);
    expect(idsOf((await list(filter("status ne 'resolved'"))).body)).toEqual([old]);
    expect(idsOf((await list(filter("lastUpdateDateTime ge 2026-11-22T14:00:00.001Z"))).body)).toEqual([]);
  });

  it("holds a late arrival back until it shows, with its old dates", async () => {
    const createdAt = new Date("2026-11-22T13:30:00.000Z");
    const id = cloud.world.arrive(tenantId, { createdAt, visibleAt: new Date("2026-11-22T14:10:00.000Z") });
    expect((await list()).body.value).toEqual([]);
    expect((await cloud.call(alertsUrl(`/${id}`), token)).status).toBe(404);
    cloud.clock.advance(600_000);
    expect((await list()).body.value).toMatchObject([{ id, lastUpdateDateTime: "2026-11-22T13:30:00.0000000Z" }]);
  });

  it.each([
    filter("lastUpdateDateTime gt 2026-11-22T14:00:00.000Z"),
    filter("lastUpdateDateTime ge '2026-11-22T14:00:00.000Z'"),
    filter("lastUpdateDateTime ge 2026-11-22"),
    filter("status eq 'Resolved'"),
    filter("status eq 'new' or status eq 'inProgress'"),
    filter("severity eq 'high'"),
    filter("contains(title,'x')"),
    filter(""),
    "?$orderby=lastUpdateDateTime%20desc",
    "?$top=0",
    "?$top=5000",
    "?$skip=-1",
    "?$expand=evidence",
  ])("refuses %s", async (query) => {
    const { status, body } = await list(query);
    expect([status, body.error]).toEqual([400, expect.objectContaining({ code: "BadRequest" })]);
  });

  it("masks members it does not know unless the caller prefers them", async () => {
    cloud.world.arrive(tenantId, { template: "unknownShape" });
    expect((await list()).body.value).toMatchObject([{ severity: "unknownFutureValue", title: null }]);
    const headers = { authorization: `Bearer ${token}`, prefer: "include-unknown-enum-members" };
    expect(await (await fetch(alertsUrl(), { headers })).text()).toContain('"severity":"critical"');
  });
});

describe("changing an alert", () => {
  const patch = (id: string, body: unknown) => cloud.call(alertsUrl(`/${id}`), token, "PATCH", body);

  it("takes the documented fields and moves the dates", async () => {
    const id = cloud.world.arrive(tenantId);
    cloud.clock.advance(60_000);
    const assignedTo = "mina.okafor@harborridge.example";
    const { status, body } = await patch(id, { status: "resolved", classification: "truePositive", assignedTo });
    expect(status).toBe(200);
    const at = "2026-11-22T14:01:00.0000000Z";
    expect(body).toMatchObject({ id, status: "resolved", assignedTo, lastUpdateDateTime: at, resolvedDateTime: at });
    expect((await patch(id, { status: "inProgress" })).body.resolvedDateTime).toBeNull();
    expect(cloud.world.requests.find({ method: "PATCH", tenantId })).toHaveLength(2);
  });

  it.each([
    { status: "Resolved" },
    { status: "closed" },
    { classification: "TruePositive" },
    { determination: "compromisedUser" },
    { assignedTo: 7 },
    { comment: "hello" },
    { title: "x" },
    {},
    [{ status: "resolved" }],
  ])("refuses %j and changes nothing", async (body) => {
    const id = cloud.world.arrive(tenantId);
    expect((await patch(id, body)).status).toBe(400);
    expect((await cloud.call(alertsUrl(`/${id}`), token)).body.status).toBe("new");
  });

  it("does not know another tenant's alert", async () => {
    const id = cloud.world.arrive(cloud.world.tenant("B").tenantId);
    expect((await patch(id, { status: "resolved" })).status).toBe(404);
  });
});

describe("commenting", () => {
  const post = (id: string, body: unknown) => cloud.call(alertsUrl(`/${id}/comments`), token, "POST", body);
  const type = "microsoft.graph.security.alertComment";

  it("answers with all comments, in the app's name", async () => {
    const id = cloud.world.arrive(tenantId);
    await post(id, { "@odata.type": type, comment: "first" });
    const { status, body } = await post(id, { "@odata.type": type, comment: "second" });
    expect(status).toBe(200);
    const createdByDisplayName = "Watchdesk for Defender";
    expect(body.value).toMatchObject([
      { comment: "first", createdByDisplayName },
      { comment: "second", createdByDisplayName },
    ]);
  });

  it("refuses an array as the SDKs send it, and half a comment", async () => {
    const id = cloud.world.arrive(tenantId);
    const array = await post(id, [{ "@odata.type": type, comment: "x" }]);
    expect([array.status, array.body.error]).toEqual([
      400,
      expect.objectContaining({ message: "Empty Payload. JSON content expected." }),
    ]);
    expect((await post(id, { comment: "no type" })).status).toBe(400);
    expect((await post(id, { "@odata.type": type, comment: " " })).status).toBe(400);
    expect((await cloud.call(alertsUrl(`/${id}`), token)).body.comments).toEqual([]);
  });
});

describe("limits and faults", () => {
  it("lets 150 a minute pass for one tenant and says how long to wait, apart from other tenants", async () => {
    for (let index = 0; index < 150; index += 1) expect((await list()).status).toBe(200);
    cloud.clock.advance(20_000);
    const refused = await list();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
    const other = cloud.world.tenant("B").tenantId;
    cloud.world.consent(other);
    expect((await cloud.call(alertsUrl(), await cloud.tokenFor(other, graphScope))).status).toBe(200);
    cloud.clock.advance(40_000);
    expect((await list()).status).toBe(200);
  });

  it("breaks answers on the wire as it is told to, and recovers", async () => {
    cloud.world.arrive(tenantId);
    const api = "graph";
    cloud.world.fault({ api, tenantId, fault: { kind: "reset" }, times: 1 });
    await expect(list()).rejects.toThrow("fetch failed");
    cloud.world.fault({ api, tenantId, fault: { kind: "truncated" }, times: 1 });
    await expect(list()).rejects.toThrow(SyntaxError);
    cloud.world.fault({ api, tenantId, fault: { kind: "html" }, times: 1 });
    await expect(list()).rejects.toThrow(SyntaxError);
    const clear = cloud.world.fault({ api, tenantId: "*", fault: { kind: "status", status: 503 } });
    expect((await list()).status).toBe(503);
    clear();
    expect((await list()).status).toBe(200);
  });

  it("can lose the answer after the work was done", async () => {
    const id = cloud.world.arrive(tenantId);
    const fault = { kind: "status", status: 500 } as const;
    cloud.world.fault({ api: "graph", tenantId, fault, times: 1, method: "PATCH", afterWork: true });
    const patched = await cloud.call(alertsUrl(`/${id}`), token, "PATCH", { status: "resolved" });
    expect(patched.status).toBe(500);
    expect(cloud.world.findAlert(tenantId, id)?.body.status).toBe("resolved");
  });

  it("closes at once although a request waits for ever", async () => {
    cloud.world.fault({ api: "graph", tenantId, fault: { kind: "timeout" } });
    const waiting = list().catch((error: unknown) => (error instanceof Error ? error.message : ""));
    while (cloud.world.requests.find({ api: "graph" }).length === 0) await new Promise(setImmediate);
    await cloud.graph.close();
    expect(await waiting).toBe("fetch failed");
  });

  it("answers 501 to what it does not simulate", async () => {
    expect((await cloud.call(`${cloud.graph.url}/v1.0/$batch`, token, "POST", {})).status).toBe(501);
    expect(cloud.graph.unknownRequests).toEqual(["POST /v1.0/$batch"]);
  });
});
