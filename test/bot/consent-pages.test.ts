import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { html } from "../../bot/consent-page-html.ts";
import { type ConnectWorld, startConnectWorld } from "../services/tenants/connect-world.ts";

let world: ConnectWorld;
beforeEach(async () => {
  world = await startConnectWorld();
});
afterEach(() => world.stop());

describe("the page of a consent link", () => {
  it("names who asks, for whom and what comes next, and leads on with a plain link", async () => {
    const { consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    const page = await world.browser().get(consentUrl);
    expect(page.status).toBe(200);
    for (const text of [
      "Contoso Dental",
      "Harbor Ridge Security",
      "Avery Stone",
      "contoso-dental.example",
      "AADSTS650052",
    ]) {
      expect(page.text).toContain(text);
    }
    expect(page.text).toContain(`href="${consentUrl}&amp;go=1"`);
    expect(page.text).not.toMatch(/<script|<form|<img|<link| on\w+=/i);
  });

  it("has a strict policy whose style hash is that of its style", async () => {
    const { consentUrl } = await world.begin("Contoso Dental");
    const page = await world.browser().get(consentUrl);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page.text)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(style.length).toBeGreaterThan(100);
    expect(page.headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("set-cookie")).toBeNull();
  });

  it("does not count as opened by being looked at", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    expect((await browser.get(consentUrl)).status).toBe(200);
    expect((await browser.head(`${consentUrl}&go=1`)).status).toBe(200);
    expect((await browser.get(`${consentUrl}&go=1`, { "sec-purpose": "prefetch;prerender" })).status).toBe(200);
    expect((await browser.get(`${consentUrl}&go=1`, { "sec-fetch-site": "cross-site" })).status).toBe(200);
    expect(await world.journey(journey.id)).toMatchObject({ state: "waiting", openedAt: null, legs: [] });
    const gone = await browser.get(`${consentUrl}&go=1`, { "sec-fetch-site": "same-origin" });
    expect(gone.status).toBe(302);
    expect((await world.journey(journey.id)).state).toBe("opened");
  });

  it("ties the browser by a cookie of loopback's kind, and keeps secrets out of the store", async () => {
    const { journey, consentUrl, linkId } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const gone = await browser.get(`${consentUrl}&go=1`);
    const cookie = browser.cookie(world.publicUrl, "watchdesk-consent") ?? "";
    expect(cookie).toMatch(/^[\w-]{43}$/);
    expect(gone.headers.get("set-cookie")).toBe(
      `watchdesk-consent=${cookie}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax`,
    );
    const stored = JSON.stringify(await world.journey(journey.id));
    for (const secret of [cookie, linkId, new URL(gone.location).searchParams.get("state") ?? ""]) {
      expect(secret.length).toBeGreaterThan(40);
      expect(stored).not.toContain(secret);
    }
    await browser.get(`${consentUrl}&go=1`);
    expect(browser.cookie(world.publicUrl, "watchdesk-consent")).toBe(cookie);
  });

  it("shows hostile names as text", async () => {
    const { consentUrl } = await world.begin(`<img src=x onerror=alert(1)>"'&`);
    const page = await world.browser().get(consentUrl);
    expect(page.text).not.toContain("<img");
    expect(page.text).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });
});

describe("a hostile query", () => {
  const good = "A".repeat(43);
  const plain = new Set<string>();
  it.each([
    "/consent/start",
    "/consent/start?link=",
    "/consent/start?link=short",
    `/consent/start?link=${good}&link=${good}`,
    `/consent/start?link[]=${good}`,
    `/consent/start?link=${good}&go=2`,
    `/consent/start?link=${"A".repeat(9_000)}`,
    "/consent/start?link=%00%ff",
    "/consent/signed-in",
    `/consent/signed-in?state=${good}`,
    `/consent/signed-in?state=${good}&code=x`,
    `/consent/signed-in?state=${good}&code=${"x".repeat(9_000)}`,
    `/consent/signed-in?state=${good}&code=x&code=y`,
    `/consent/callback?state=${good}&tenant=x&admin_consent=True`,
    `/consent/callback?state=${good}&tenant=${"x".repeat(200)}`,
    `/consent/callback?tenant=x&admin_consent=True`,
    `/consent/callback?state=<script>&error=<script>`,
  ])("gets the same plain page: %s", async (path) => {
    const page = await world.browser().get(`${world.publicUrl}${path}`);
    expect(page.status).toBe(400);
    expect(page.text).not.toContain("<script");
    plain.add(page.text);
    expect(plain.size).toBe(1);
  });

  it("names a link that nobody knows no more than that", async () => {
    const page = await world.browser().get(`${world.publicUrl}/consent/start?link=${good}`);
    expect(page.status).toBe(404);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("may bring parameters that nobody asked for", async () => {
    const { consentUrl } = await world.begin("Contoso Dental");
    expect((await world.browser().get(`${consentUrl}&utm_source=mail&__proto__=x`)).status).toBe(200);
  });
});

describe("a breakdown", () => {
  it("is a page with a reference and no detail, and the link goes on", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const away = await browser.get(`${consentUrl}&go=1`);
    const back = await browser.post(away.location, { user: "admin-a" });
    const end = world.sandbox.world.fault({
      api: "identity",
      tenantId: "*",
      method: "POST",
      fault: { kind: "status", status: 503 },
    });
    const page = await browser.get(back.location);
    end();
    expect(page.status).toBe(503);
    expect(page.text).toMatch(/Reference: <code>[\w-]{13}<\/code>/);
    expect((await world.journey(journey.id)).state).toBe("opened");
    expect((await browser.get(consentUrl)).status).toBe(200);
  });
});

describe("html", () => {
  it("escapes texts, keeps pieces and lists, leaves null out", () => {
    const items = ["<a>", "b"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul title="${'"x"'}">${items}${null}</ul>`.text).toBe(
      '<ul title="&quot;x&quot;"><li>&lt;a&gt;</li><li>b</li></ul>',
    );
  });
});
