import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MovedClock } from "../clock.ts";
import { type HuntressServer, startHuntressServer } from "./huntress-server.ts";

let server: HuntressServer;
let clock: MovedClock;
beforeEach(async () => {
  clock = new MovedClock(new Date("2026-11-22T14:00:00.000Z"));
  const organizations = Array.from({ length: 12 }, (_, at) => ({ id: at + 1, name: `Customer ${at + 1}` }));
  server = await startHuntressServer({ clock, organizations, limitPerMinute: 5 });
});
afterEach(() => server.close());

const get = (path: string, credentials = `${server.key}:${server.secret}`) =>
  fetch(`${server.url}${path}`, { headers: { authorization: `Basic ${btoa(credentials)}` } });

const listed = async (path: string): Promise<{ organizations: { name: string }[]; pagination: object }> =>
  JSON.parse(await (await get(path)).text());

describe("the simulated Huntress", () => {
  it("gives 10 on a page unless told, and says where the next is", async () => {
    const first = await listed("/v1/organizations");
    expect(first).toMatchObject({ pagination: { current_page: 1, next_page: 2, total_count: 12 } });
    expect(first.organizations).toHaveLength(10);
    const last = await listed("/v1/organizations?page=2");
    expect(last.organizations.map(({ name }) => name)).toEqual(["Customer 11", "Customer 12"]);
    expect(last.pagination).not.toHaveProperty("next_page");
  });

  it("refuses other credentials, unknown parameters, and pages that are too large", async () => {
    expect((await get("/v1/organizations", "hk:wrong")).status).toBe(401);
    expect((await fetch(`${server.url}/v1/organizations`)).status).toBe(401);
    expect((await get("/v1/organizations?per_page=5")).status).toBe(400);
    expect((await get("/v1/organizations?limit=501")).status).toBe(400);
    expect((await get("/v1/agents")).status).toBe(501);
    expect(server.unknownRequests).toEqual(["GET /v1/agents"]);
  });

  it("takes so many requests a minute", async () => {
    for (let nth = 0; nth < 5; nth += 1) expect((await get("/v1/organizations")).status).toBe(200);
    const refused = await get("/v1/organizations");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    clock.advance(60_000);
    expect((await get("/v1/organizations")).status).toBe(200);
  });
});
