import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { botScope, defenderScope, graphScope, startCloud } from "../cloud-fixture.ts";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const tenantA = () => cloud.world.tenant("A").tenantId;

describe("an app's own token", () => {
  it("carries the tenant and the roles granted for that API, for an hour", async () => {
    cloud.world.consent(tenantA());
    const graph = decodeJwt(await cloud.tokenFor(tenantA(), graphScope));
    const defender = decodeJwt(await cloud.tokenFor(tenantA(), defenderScope));
    expect(graph).toMatchObject({ tid: tenantA(), aud: "https://graph.microsoft.com" });
    expect(graph.roles).toHaveLength(5);
    expect(defender.roles).toHaveLength(22);
    expect(Number(graph.exp) - Number(graph.iat)).toBe(3600);
  });

  it("has no roles while they lag behind the consent", async () => {
    cloud.world.rolesLagSeconds = 30;
    cloud.world.consent(tenantA());
    expect(decodeJwt(await cloud.tokenFor(tenantA(), graphScope))).not.toHaveProperty("roles");
    cloud.clock.advance(30_000);
    expect(decodeJwt(await cloud.tokenFor(tenantA(), graphScope)).roles).toHaveLength(5);
  });

  it("leaves out what the admin withheld", async () => {
    cloud.world.withhold(tenantA(), [{ resource: "graph", value: "User.Read.All" }]);
    cloud.world.consent(tenantA());
    expect(decodeJwt(await cloud.tokenFor(tenantA(), graphScope)).roles).not.toContain("User.Read.All");
    expect(decodeJwt(await cloud.tokenFor(tenantA(), defenderScope)).roles).toContain("User.Read.All");
  });
});

describe("the token endpoint's refusals", () => {
  async function refusal(tenant: string, fields: Record<string, string>) {
    const { status, body } = await cloud.askToken(tenant, { scope: graphScope, ...fields });
    const code = Array.isArray(body.error_codes) ? body.error_codes[0] : undefined;
    expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: .* Trace ID: .* Timestamp: .*Z$`));
    return { status, error: body.error, code };
  }

  it("knows no app that is not consented, or no longer", async () => {
    const expected = { status: 400, error: "unauthorized_client", code: 700016 };
    expect(await refusal(tenantA(), {})).toEqual(expected);
    cloud.world.consent(tenantA());
    cloud.world.revokeConsent(tenantA());
    expect(await refusal(tenantA(), {})).toEqual(expected);
    expect(await refusal(tenantA(), { client_id: "00000000-0000-4000-8000-000000000000" })).toEqual(expected);
  });

  it("tells a wrong secret from an expired and from a missing one", async () => {
    cloud.world.consent(tenantA());
    cloud.world.defenderApp.secrets.push({ value: "old", expires: new Date("2026-01-01T00:00:00Z") });
    const wrong = { status: 401, error: "invalid_client" };
    expect(await refusal(tenantA(), { client_secret: "guess" })).toEqual({ ...wrong, code: 7000215 });
    expect(await refusal(tenantA(), { client_secret: "old" })).toEqual({ ...wrong, code: 7000222 });
    const forged = { client_assertion: "a.b.c", client_assertion_type: "anything" };
    expect(await refusal(tenantA(), forged)).toEqual({ ...wrong, code: 700027 });
  });

  it("has no Defender resource where the tenant lacks it, nor any other resource", async () => {
    const { tenantId } = cloud.world.tenant("D");
    cloud.world.consent(tenantId);
    const expected = { status: 400, error: "invalid_resource", code: 500011 };
    expect(await refusal(tenantId, { scope: defenderScope })).toEqual(expected);
    expect(await refusal(tenantId, { scope: "https://vault.azure.net/.default" })).toEqual(expected);
    expect((await cloud.askToken(tenantId, { scope: graphScope })).status).toBe(200);
  });

  it("refuses unknown tenants, tenantless app tokens, other grants and other scopes", async () => {
    const unknown = { status: 400, error: "invalid_request", code: 90002 };
    expect(await refusal("11111111-1111-4111-8111-111111111111", {})).toEqual(unknown);
    expect(await refusal("organizations", {})).toEqual(unknown);
    expect(await refusal(tenantA(), { grant_type: "password" })).toMatchObject({ code: 70003 });
    cloud.world.consent(tenantA());
    expect(await refusal(tenantA(), { scope: "User.Read" })).toMatchObject({ error: "invalid_scope", code: 70011 });
  });
});

describe("the bot's token", () => {
  const ask = (tenant: string, scope: string) => {
    const { appId, secrets } = cloud.world.botApp;
    return cloud.askToken(tenant, { scope, client_id: appId, client_secret: secrets[0]?.value ?? "" });
  };

  it("is accepted by the connector until it expires, and no other app's is", async () => {
    const own = String((await ask(cloud.world.account.tenantId, botScope)).body.access_token);
    expect(await cloud.identity.verifyBotToken(`Bearer ${own}`)).toBe(true);
    expect(await cloud.identity.verifyBotToken(`Bearer ${own}x`)).toBe(false);
    expect(await cloud.identity.verifyBotToken(undefined)).toBe(false);
    cloud.world.consent(tenantA());
    expect(await cloud.identity.verifyBotToken(`Bearer ${await cloud.tokenFor(tenantA(), graphScope)}`)).toBe(false);
    cloud.clock.advance(3_600_000);
    expect(await cloud.identity.verifyBotToken(`Bearer ${own}`)).toBe(false);
  });

  it("is issued in the bot's own tenant and for the Bot Connector only", async () => {
    expect((await ask(tenantA(), botScope)).body.error_codes).toEqual([700016]);
    expect((await ask(cloud.world.account.tenantId, graphScope)).body.error_codes).toEqual([500011]);
  });
});

it("records requests without secrets and answers under faults", async () => {
  cloud.world.consent(tenantA());
  const fault = { kind: "status", status: 429, retryAfterSeconds: 7 } as const;
  cloud.world.fault({ api: "identity", tenantId: tenantA(), fault, times: 1 });
  const first = await cloud.askToken(tenantA(), { scope: graphScope });
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
  expect((await cloud.askToken(tenantA(), { scope: graphScope })).status).toBe(200);
  expect(cloud.world.requests.find({ api: "identity" })).toHaveLength(2);
  expect(JSON.stringify(cloud.world.requests.entries)).not.toContain("sandbox-defender-secret");
});
