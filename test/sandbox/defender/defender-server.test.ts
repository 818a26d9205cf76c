import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { defenderScope, graphScope, startCloud } from "../cloud-fixture.ts";

let cloud: Cloud;
let token: string;
let tenantId: string;
beforeEach(async () => {
  cloud = await startCloud();
  ({ tenantId } = cloud.world.tenant("A"));
  cloud.world.consent(tenantId);
  token = await cloud.tokenFor(tenantId, defenderScope);
});
afterEach(() => cloud.close());

const ask = (path: string, method?: string, body?: unknown) =>
  cloud.call(`${cloud.defender.url}${path}`, token, method, body);

describe("machines", () => {
  it("lists and finds them", async () => {
    const { status, body } = await ask("/api/machines?$top=1");
    expect(status).toBe(200);
    const [machine] = body.value as { id: string; computerDnsName: string }[];
    expect(machine?.id).toMatch(/^[0-9a-f]{40}$/);
    expect((await ask(`/api/machines/${machine?.id}`)).body).toMatchObject({
      computerDnsName: machine?.computerDnsName,
    });
  });

  it("answers 404 for an unknown one and for an empty tenant", async () => {
    expect((await ask("/api/machines/123123123")).body).toMatchObject({
      error: { code: "ResourceNotFound", message: "Machine 123123123 was not found" },
    });
    cloud.world.tenant("A").machines = [];
    expect((await ask("/api/machines")).status).toBe(404);
  });

  it("names the missing application roles", async () => {
    const b = cloud.world.tenant("B").tenantId;
    cloud.world.grant(b, [{ resource: "defender", value: "Machine.Isolate" }]);
    token = await cloud.tokenFor(b, defenderScope);
    const { status, body } = await ask("/api/machines");
    expect([status, body.error]).toEqual([
      403,
      expect.objectContaining({
        code: "Forbidden",
        message:
          "Missing application roles. API required roles: Machine.Read.All,Machine.ReadWrite.All, application roles: Machine.Isolate.",
      }),
    ]);
  });

  it("refuses Graph's token and other query options", async () => {
    expect((await ask("/api/machines?$filter=x")).status).toBe(400);
    token = await cloud.tokenFor(tenantId, graphScope);
    expect((await ask("/api/machines")).status).toBe(401);
  });

  it("lets 100 calls a minute pass", async () => {
    for (let index = 0; index < 100; index += 1) expect((await ask("/api/machines")).status).toBe(200);
    const refused = await ask("/api/machines");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  });
});

describe("PATCH /api/alerts/{id}", () => {
  it("resolves and comments in one call, and Graph's copy is the same alert", async () => {
    const id = cloud.world.arrive(tenantId);
    const { status, body } = await ask(`/api/alerts/${id}`, "PATCH", { status: "Resolved", comment: "done" });
    expect([status, body.status]).toEqual([200, "Resolved"]);
    expect(cloud.world.findAlert(tenantId, id)?.body).toMatchObject({
      status: "resolved",
      comments: [{ comment: "done", createdByDisplayName: "Watchdesk for Defender" }],
    });
  });

  it.each([{ status: "resolved" }, { determination: "compromisedAccount" }, { comment: "" }, { severity: "Low" }, {}])(
    "refuses %j",
    async (body) => {
      const id = cloud.world.arrive(tenantId);
      expect((await ask(`/api/alerts/${id}`, "PATCH", body)).status).toBe(400);
      expect(cloud.world.findAlert(tenantId, id)?.body.status).toBe("new");
    },
  );

  it("knows no alert of another product or tenant", async () => {
    const identity = cloud.world.arrive(tenantId, { template: "identityProtection" });
    const other = cloud.world.arrive(cloud.world.tenant("B").tenantId);
    expect((await ask(`/api/alerts/${identity}`, "PATCH", { status: "Resolved" })).status).toBe(404);
    expect((await ask(`/api/alerts/${other}`, "PATCH", { status: "Resolved" })).status).toBe(404);
  });
});
