import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { callbackUri, postForm, publicUrl, startCloud } from "../cloud-fixture.ts";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

const tenantA = () => cloud.world.tenant("A").tenantId;

async function cookieOf(user: string): Promise<string> {
  return (await postForm(cloud.authorizeUrl(), { user })).cookie;
}

const get = async (url: string, cookie = "") => {
  const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
  return { status: response.status, text: await response.text() };
};

describe("the consent prompt", () => {
  it("lists every permission for the admin who signed in before", async () => {
    const { text } = await get(cloud.consentUrl(tenantA()), await cookieOf("admin-a"));
    expect(text).toContain("Microsoft Graph (5)");
    expect(text).toContain("WindowsDefenderATP (22)");
    expect(text).toContain("<li>Machine.CollectForensics</li>");
    expect(text).toContain("nora.castillo@contoso-dental.example");
  });

  it("grants all on Accept and comes back with tenant, state and admin_consent", async () => {
    const { location } = await postForm(cloud.consentUrl(tenantA()), { decision: "accept" }, await cookieOf("admin-a"));
    expect(location?.href).toBe(`${callbackUri}?tenant=${tenantA()}&state=state-2&admin_consent=True`);
    expect(cloud.world.tenant("A").grants.graph.size).toBe(5);
    expect(cloud.world.tenant("A").grants.defender.size).toBe(22);
  });

  it("grants nothing on Cancel and comes back with the documented error", async () => {
    const { location } = await postForm(cloud.consentUrl(tenantA()), { decision: "cancel" }, await cookieOf("admin-a"));
    expect(location?.search).toBe(
      "?error=permission_denied&error_description=The+admin+canceled+the+request&state=state-2",
    );
    expect(cloud.world.tenant("A").consentedAt).toBeNull();
  });

  it("asks who it is without a session, or with one of another tenant, and then goes on", async () => {
    expect((await get(cloud.consentUrl(tenantA()))).text).toContain("Pick an account of Contoso Dental");
    const other = await cookieOf("admin-b");
    expect((await get(cloud.consentUrl(tenantA()), other)).text).toContain("Pick an account of Contoso Dental");
    const wrong = await postForm(cloud.consentUrl(tenantA()), { decision: "accept" }, other);
    expect(wrong.location).toBeUndefined();
    expect(cloud.world.tenant("A").consentedAt).toBeNull();
    const picked = await postForm(cloud.consentUrl(tenantA()), { user: "admin-a" });
    const page = await get(picked.location?.href ?? "", picked.cookie);
    expect(page.text).toContain("Permissions requested");
  });
});

describe("where the prompt ends without a way back", () => {
  it("needs an admin: AADSTS90094, even if Accept is forged", async () => {
    const cookie = await cookieOf("user-a");
    const { status, text } = await get(cloud.consentUrl(tenantA()), cookie);
    expect([status, text.includes("AADSTS90094")]).toEqual([403, true]);
    const forged = await postForm(cloud.consentUrl(tenantA()), { decision: "accept" }, cookie);
    expect(forged.location).toBeUndefined();
    expect(cloud.world.tenant("A").consentedAt).toBeNull();
  });

  it("needs Defender in the tenant: AADSTS650052, unless the app does not ask for it", async () => {
    const { tenantId } = cloud.world.tenant("D");
    const cookie = await cookieOf("admin-d");
    expect((await get(cloud.consentUrl(tenantId), cookie)).text).toContain("AADSTS650052");
    cloud.world.defenderApp.permissions = [{ resource: "graph", value: "Organization.Read.All" }];
    expect((await get(cloud.consentUrl(tenantId), cookie)).text).toContain("Permissions requested");
  });

  it.each([
    ["AADSTS50011", { redirect_uri: `${publicUrl}/consent/callback/more` }],
    ["AADSTS700016", { client_id: "00000000-0000-4000-8000-000000000000" }],
  ])("%s", async (code, changes) => {
    const { status, text } = await get(cloud.consentUrl(tenantA(), changes), await cookieOf("admin-a"));
    expect([status, text.includes(code)]).toEqual([400, true]);
  });

  it("does not know the tenant: AADSTS90002", async () => {
    expect((await get(cloud.consentUrl("nobody.example"))).text).toContain("AADSTS90002");
  });
});
