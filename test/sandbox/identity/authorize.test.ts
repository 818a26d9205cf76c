import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { postForm, publicUrl, signedInUri, startCloud, verifier } from "../cloud-fixture.ts";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const fieldsFor = (code: string) => ({
  grant_type: "authorization_code",
  code,
  redirect_uri: signedInUri,
  code_verifier: verifier,
});

async function signIn(user: string, tenant = "organizations"): Promise<string> {
  const { location } = await postForm(cloud.authorizeUrl({}, tenant), { user });
  return location?.searchParams.get("code") ?? "";
}

describe("signing in", () => {
  it("offers administrators, an ordinary user, a guest and cancel, on a page marked as a simulation", async () => {
    const page = await (await fetch(cloud.authorizeUrl())).text();
    for (const key of ["admin-a", "admin-b", "admin-c", "admin-d", "user-a", "guest-a", "cancel"]) {
      expect(page).toContain(`value="${key}"`);
    }
    expect(page).toContain("a simulation");
    expect(page).not.toContain("<script");
  });

  it("puts the hinted domain's people first", async () => {
    const page = await (await fetch(cloud.authorizeUrl({ domain_hint: "northwind-legal.example" }))).text();
    expect(page.indexOf('value="admin-c"')).toBeLessThan(page.indexOf('value="admin-a"'));
  });

  it("gives a code once, for an id token of the tenant that was signed in to", async () => {
    const { location } = await postForm(cloud.authorizeUrl(), { user: "admin-a" });
    expect(`${location?.origin}${location?.pathname}`).toBe(signedInUri);
    expect(location?.searchParams.get("state")).toBe("state-1");
    const code = location?.searchParams.get("code") ?? "";
    const reply = await cloud.askToken("organizations", fieldsFor(code));
    const tenant = cloud.world.tenant("A");
    expect(decodeJwt(String(reply.body.id_token))).toMatchObject({
      iss: `${cloud.identity.url}/${tenant.tenantId}/v2.0`,
      aud: cloud.world.defenderApp.appId,
      tid: tenant.tenantId,
      oid: tenant.users[0]?.objectId,
      nonce: "nonce-1",
      preferred_username: "nora.castillo@contoso-dental.example",
      wids: expect.arrayContaining(["62e90394-69f5-4237-9190-012177145e10"]),
    });
    expect((await cloud.askToken("organizations", fieldsFor(code))).body).toMatchObject({ error_codes: [54005] });
  });

  it("shows an ordinary user without an admin role, a guest with his own issuer, and can leave wids out", async () => {
    const claims = async (user: string) => {
      const reply = await cloud.askToken("organizations", fieldsFor(await signIn(user)));
      return decodeJwt(String(reply.body.id_token));
    };
    expect((await claims("user-a")).wids).toEqual(["b79fbf4d-3ef9-4689-8143-76b194e85509"]);
    expect(await claims("user-a")).not.toHaveProperty("idp");
    expect((await claims("guest-a")).idp).toBe(`https://sts.windows.net/${cloud.world.account.tenantId}/`);
    cloud.world.widsInIdTokens = false;
    expect(await claims("admin-a")).not.toHaveProperty("wids");
  });

  it("comes back with access_denied on cancel", async () => {
    const { location } = await postForm(cloud.authorizeUrl(), { user: "cancel" });
    expect(location?.searchParams.get("error")).toBe("access_denied");
    expect(location?.searchParams.get("state")).toBe("state-1");
  });

  it("keeps other tenants' people out where one tenant is named, by id or by domain", async () => {
    for (const tenant of [cloud.world.tenant("A").tenantId, "contoso-dental.example"]) {
      const other = await postForm(cloud.authorizeUrl({}, tenant), { user: "admin-b" });
      expect(other.location).toBeUndefined();
      expect(other.text).toContain("AADSTS50020");
      expect(await signIn("admin-a", tenant)).not.toBe("");
    }
  });
});

describe("what authorize refuses", () => {
  it.each([
    ["AADSTS50011", { redirect_uri: `${publicUrl}/consent/elsewhere` }],
    ["AADSTS50011", { redirect_uri: `${signedInUri}/` }],
    ["AADSTS700016", { client_id: "00000000-0000-4000-8000-000000000000" }],
  ])("%s stays on Microsoft's page", async (code, changes) => {
    const response = await fetch(cloud.authorizeUrl(changes), { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(code);
  });

  it.each([
    ["unsupported_response_type", { response_type: "id_token" }],
    ["invalid_request", { response_mode: "fragment" }],
    ["invalid_request", { code_challenge: undefined }],
    ["invalid_request", { code_challenge_method: "plain" }],
    ["invalid_request", { nonce: undefined }],
    ["invalid_request", { prompt: "admin_consent" }],
    ["invalid_scope", { scope: "openid https://graph.microsoft.com/.default" }],
    ["invalid_scope", { scope: "profile" }],
  ])("%s goes back to the app", async (error, changes) => {
    const response = await fetch(cloud.authorizeUrl(changes), { redirect: "manual" });
    const location = new URL(response.headers.get("location") ?? "");
    expect(location.searchParams.get("error")).toBe(error);
    expect(location.searchParams.has("code")).toBe(false);
  });
});

describe("what redeeming a code refuses", () => {
  it.each([
    [501481, { code_verifier: "another-verifier" }],
    [500112, { redirect_uri: `${publicUrl}/consent/callback` }],
    [9002313, { code: "1.invented" }],
  ])("AADSTS%i", async (code, changes) => {
    const reply = await cloud.askToken("organizations", { ...fieldsFor(await signIn("admin-a")), ...changes });
    expect(reply.body).toMatchObject({ error: "invalid_grant", error_codes: [code] });
  });

  it("another tenant's endpoint, and a code older than ten minutes", async () => {
    const { tenantId } = cloud.world.tenant("B");
    const elsewhere = await cloud.askToken(tenantId, fieldsFor(await signIn("admin-a")));
    expect(elsewhere.body).toMatchObject({ error: "invalid_grant" });
    const code = await signIn("admin-a");
    cloud.clock.advance(600_000);
    expect((await cloud.askToken("organizations", fieldsFor(code))).body).toMatchObject({ error_codes: [70008] });
  });
});

describe("discovery", () => {
  it("names the tenant's own issuer, by id or domain, and the placeholder for organizations", async () => {
    const { tenantId } = cloud.world.tenant("A");
    const issuer = async (tenant: string) => {
      const response = await fetch(`${cloud.identity.url}/${tenant}/v2.0/.well-known/openid-configuration`);
      return [response.status, ((await response.json()) as Record<string, unknown>).issuer];
    };
    expect(await issuer(tenantId)).toEqual([200, `${cloud.identity.url}/${tenantId}/v2.0`]);
    expect(await issuer("contoso-dental.example")).toEqual([200, `${cloud.identity.url}/${tenantId}/v2.0`]);
    expect(await issuer("organizations")).toEqual([200, `${cloud.identity.url}/{tenantid}/v2.0`]);
    expect(await issuer("nobody.example")).toEqual([400, undefined]);
  });

  it("answers 501 to what it does not simulate, and says so", async () => {
    expect((await fetch(`${cloud.identity.url}/common/adminconsent`)).status).toBe(501);
    expect(cloud.identity.unknownRequests).toEqual(["GET /common/adminconsent"]);
  });
});
