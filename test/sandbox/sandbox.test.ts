import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MovedClock } from "./clock.ts";
import { postForm } from "./cloud-fixture.ts";
import type { Sandbox } from "./sandbox.ts";
import { startSandbox } from "./sandbox.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: new MovedClock(new Date("2026-11-22T14:00:00.000Z")) });
});
afterEach(() => sandbox.close());

describe("the whole sandbox", () => {
  it("gives every setting the bot starts with, all on loopback", () => {
    sandbox.registerRedirects("http://127.0.0.1:3978/");
    const settings = sandbox.settings();
    expect(Object.entries(settings).filter(([, value]) => value === "")).toEqual([]);
    expect(settings).toMatchObject({
      PUBLIC_URL: "http://127.0.0.1:3978",
      ACCOUNTS: "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001=Harbor Ridge Security",
      DEFENDER_APP_SECRET_EXPIRES: "2027-11-22",
    });
    const urls = ["LOGIN_URL", "GRAPH_URL", "DEFENDER_URL", "BOT_OPENID_METADATA_URL", "TEAMS_SERVICE_URLS"];
    for (const name of urls) expect(settings[name]).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
    expect([...sandbox.world.defenderApp.redirectUris]).toEqual([
      "http://127.0.0.1:3978/consent/signed-in",
      "http://127.0.0.1:3978/consent/callback",
    ]);
  });

  it("collects what nobody simulates from every server", async () => {
    expect(sandbox.unknownRequests).toEqual([]);
    expect((await fetch(`${sandbox.graphUrl}/v1.0/users`)).status).toBe(501);
    expect((await fetch(`${sandbox.defenderUrl}/api/software`)).status).toBe(501);
    expect(sandbox.unknownRequests).toEqual(["graph GET /v1.0/users", "defender GET /api/software"]);
  });
});

describe("the control page", () => {
  const doIt = (act: string, more: Record<string, string> = {}) =>
    postForm(`${sandbox.controlUrl}/do`, { tenant: sandbox.world.tenant("A").tenantId, act, ...more });
  const page = async () => (await fetch(sandbox.controlUrl)).text();
  const alerts = () => sandbox.world.visibleAlerts(sandbox.world.tenant("A").tenantId).map(({ body }) => body);

  it("makes alerts arrive, early, late and in a storm", async () => {
    expect((await doIt("arrive", { severity: "high" })).location?.hash).toBe("#A");
    expect(alerts()).toMatchObject([{ severity: "high" }]);
    await doIt("late", { severity: "low" });
    expect(alerts()[1]?.createdDateTime).toBe("2026-11-22T13:15:00.0000000Z");
    await doIt("storm");
    expect(alerts()).toHaveLength(52);
    expect((await page()).match(/Resolve in portal/g)).toHaveLength(10);
  });

  it("resolves in the portal and reopens", async () => {
    const alert = sandbox.world.arrive(sandbox.world.tenant("A").tenantId);
    await doIt("resolve", { alert });
    expect(alerts()).toMatchObject([{ status: "resolved", assignedTo: "portal.analyst@contoso-dental.example" }]);
    expect(await page()).toContain("Reopen in portal");
    await doIt("reopen", { alert });
    expect(alerts()).toMatchObject([{ status: "inProgress" }]);
  });

  it("revokes consent and switches a Graph outage on and off", async () => {
    const { tenantId } = sandbox.world.tenant("A");
    sandbox.world.consent(tenantId);
    await doIt("revoke");
    expect(sandbox.world.tenant("A").consentedAt).toBeNull();
    await doIt("outage");
    expect(await page()).toContain("End Graph outage");
    await doIt("recover");
    expect(sandbox.world.faults.active({ api: "graph", tenantId })).toBe(false);
  });

  it("takes a granted permission away, and none that is not there", async () => {
    const { tenantId, grants } = sandbox.world.tenant("A");
    expect(await page()).not.toContain("Take this permission away");
    sandbox.world.consent(tenantId);
    expect(await page()).toContain("User.Read.All (WindowsDefenderATP)");
    await doIt("takeAway", { permission: "defender/User.Read.All" });
    expect([grants.defender.has("User.Read.All"), grants.graph.has("User.Read.All")]).toEqual([false, true]);
    expect(await page()).not.toContain("User.Read.All (WindowsDefenderATP)");
    expect((await doIt("takeAway", { permission: "defender/User.Read.All" })).status).toBe(400);
  });

  it("escapes what attackers write and refuses what it does not know", async () => {
    sandbox.world.arrive(sandbox.world.tenant("A").tenantId, { title: "<script>alert(1)</script>" });
    expect(await page()).toContain("&lt;script&gt;");
    expect(await page()).not.toContain("<script");
    expect((await doIt("destroy")).status).toBe(400);
    expect((await doIt("resolve", { alert: "da1_1" })).status).toBe(400);
    expect((await postForm(`${sandbox.controlUrl}/do`, { tenant: "x", act: "arrive" })).status).toBe(400);
  });
});
