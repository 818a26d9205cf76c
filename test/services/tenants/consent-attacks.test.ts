import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, MINUTE, SECOND } from "../../../services/domain/instant.ts";
import { type ConnectWorld, consentAs, promptUrl, signInAs, startConnectWorld } from "./connect-world.ts";

let world: ConnectWorld;
beforeEach(async () => {
  world = await startConnectWorld();
});
afterEach(() => world.stop());

const linked = async () => {
  const input = { accountId: world.account.id, offset: 0, limit: 10 };
  return (await world.deps.links.list(input)).map(({ link, organizationName }) => [organizationName, link.tenantId]);
};
const tenant = (letter: "A" | "B") => world.sandbox.world.tenant(letter);
const stateOf = (url: string) => new URL(url).searchParams.get("state") ?? "";

async function settle() {
  await world.runJobs();
  await world.tick(11 * MINUTE);
}

describe("a forged consent answer", () => {
  it("changes nothing when it names another tenant that has consented", async () => {
    world.sandbox.world.consent(tenant("B").tenantId);
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const { page } = await signInAs(browser, consentUrl, "admin-a");
    const state = stateOf(promptUrl(page.text));
    const forged = `${world.publicUrl}/consent/callback?tenant=${tenant("B").tenantId}&state=${state}&admin_consent=True`;
    expect((await browser.get(forged)).status).toBe(400);
    const own = `${world.publicUrl}/consent/callback?tenant=${tenant("A").tenantId}&state=${state}&admin_consent=True`;
    expect((await browser.get(own)).status).toBe(400);
    await settle();
    expect(await linked()).toEqual([]);
    expect(await world.journey(journey.id)).toMatchObject({ state: "opened", grantedAt: null });
  });

  it("changes nothing with a sign-in's state, an unknown state, or before any sign-in", async () => {
    world.sandbox.world.consent(tenant("B").tenantId);
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const away = await browser.get(`${consentUrl}&go=1`);
    for (const state of [stateOf(away.location), "A".repeat(43), world.deps.consentLinks.idOf(journey.id)]) {
      const forged = `${world.publicUrl}/consent/callback?tenant=${tenant("B").tenantId}&state=${state}&admin_consent=True`;
      expect((await browser.get(forged)).status).toBe(400);
    }
    await settle();
    expect(await linked()).toEqual([]);
    expect((await world.journey(journey.id)).state).toBe("opened");
  });

  it("is not believed without roles in the token, though state, cookie and tenant are right", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    const browser = world.browser();
    const { page } = await signInAs(browser, consentUrl, "admin-a");
    const state = stateOf(promptUrl(page.text));
    const forged = `${world.publicUrl}/consent/callback?tenant=${tenant("A").tenantId}&state=${state}&admin_consent=True`;
    expect((await browser.get(forged)).status).toBe(200);
    await settle();
    expect(await linked()).toEqual([]);
    expect((await world.journey(journey.id)).state).toBe("failed");
  });

  it("counts as an error although it says admin_consent=True", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const { page } = await signInAs(browser, consentUrl, "admin-a");
    const query = new URLSearchParams({
      state: stateOf(promptUrl(page.text)),
      tenant: tenant("A").tenantId,
      admin_consent: "True",
      error: "consent_required",
      error_description: "AADSTS90094: <b>grant</b> needs an admin",
    });
    const answer = await browser.get(`${world.publicUrl}/consent/callback?${query}`);
    expect(answer.text).toContain("AADSTS90094");
    expect(answer.text).not.toContain("<b>grant");
    expect((await world.journey(journey.id)).state).toBe("declined");
  });
});

describe("a state", () => {
  it("is good once: sign-in and consent answers cannot be replayed", async () => {
    const { consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    const browser = world.browser();
    const { backUrl, page } = await signInAs(browser, consentUrl, "admin-a");
    expect((await browser.get(backUrl)).status).toBe(400);
    const answer = await browser.post(promptUrl(page.text), { decision: "accept" });
    expect((await browser.get(answer.location)).status).toBe(200);
    expect((await browser.get(answer.location)).status).toBe(400);
    await world.runJobs();
    expect(await linked()).toEqual([["Contoso Dental", tenant("A").tenantId]]);
  });

  it("is good in one browser only, and used up by another", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const victim = world.browser();
    const away = await victim.get(`${consentUrl}&go=1`);
    const back = await victim.post(away.location, { user: "admin-a" });
    const thief = world.browser();
    expect((await thief.get(back.location)).status).toBe(400);
    await thief.get(`${consentUrl}&go=1`);
    expect((await thief.get(back.location)).status).toBe(400);
    expect((await victim.get(back.location)).status).toBe(400);
    expect((await world.journey(journey.id)).tenant).toBeNull();
  });

  it("is no longer good after an hour, nor after the link has ended", async () => {
    const first = await world.begin("Contoso Dental");
    const browser = world.browser();
    const away = await browser.get(`${first.consentUrl}&go=1`);
    const back = await browser.post(away.location, { user: "admin-a" });
    world.move(61 * MINUTE);
    expect((await browser.get(back.location)).status).toBe(400);
    world.move(7 * DAY - 62 * MINUTE);
    const late = await browser.get(`${first.consentUrl}&go=1`);
    const lateBack = await browser.post(late.location, { user: "admin-a" });
    world.move(2 * MINUTE);
    expect((await browser.get(lateBack.location)).status).toBe(400);
    expect((await world.journey(first.journey.id)).tenant).toBeNull();
  });

  it("is one of ten at most, the newest", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const browser = world.browser();
    const first = await browser.get(`${consentUrl}&go=1`);
    for (let visits = 0; visits < 10; visits += 1) await browser.get(`${consentUrl}&go=1`);
    expect((await world.journey(journey.id)).legs).toHaveLength(10);
    const back = await browser.post(first.location, { user: "admin-a" });
    expect((await browser.get(back.location)).status).toBe(400);
  });
});

describe("a sign-in", () => {
  it("to another tenant than the expected one stops, says so and changes nothing", async () => {
    const { journey, consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    const browser = world.browser();
    const away = await browser.get(`${consentUrl}&go=1`);
    // Past Microsoft's own tenant in the address, as an attacker would.
    const elsewhere = away.location.replace(`/${tenant("A").tenantId}/`, "/organizations/");
    const back = await browser.post(elsewhere, { user: "admin-b" });
    const page = await browser.get(back.location);
    expect(page.status).toBe(403);
    expect(page.text).toContain("another tenant than that of contoso-dental.example");
    await settle();
    expect(await world.journey(journey.id)).toMatchObject({ state: "wrongTenant", tenant: null });
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toBeNull();
  });

  it.each([
    ["guest-a", "A guest of the tenant"],
    ["user-a", "neither Global Administrator"],
  ])("of %s is refused, even where the tenant has consented before", async (user, sentence) => {
    world.sandbox.world.consent(tenant("A").tenantId);
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const { page } = await signInAs(world.browser(), consentUrl, user);
    expect(page.status).toBe(403);
    expect(page.text).toContain(sentence);
    expect(page.text).not.toContain("adminconsent");
    expect((await world.journey(journey.id)).state).toBe("notAdmin");
  });

  it("without roles in the token is refused where the tenant has consented before", async () => {
    world.sandbox.world.widsInIdTokens = false;
    world.sandbox.world.consent(tenant("A").tenantId);
    const { journey, consentUrl } = await world.begin("Contoso Dental");
    const { page } = await signInAs(world.browser(), consentUrl, "user-a");
    expect(page.status).toBe(403);
    expect(await world.journey(journey.id)).toMatchObject({ state: "refused", tenant: null });
  });

  it("without roles in the token is refused while another attempt for that tenant is open", async () => {
    world.sandbox.world.widsInIdTokens = false;
    const first = await world.begin("Contoso Dental");
    const second = await world.begin("Fabrikam Logistics");
    expect((await signInAs(world.browser(), first.consentUrl, "admin-a")).page.status).toBe(200);
    const refused = await signInAs(world.browser(), second.consentUrl, "user-a");
    expect(refused.page.status).toBe(403);
    expect(refused.page.text).toContain("Another connection of this tenant");
    expect((await world.journey(second.journey.id)).legs).toEqual([]);
  });

  it("to a tenant that is connected already is refused without naming whose it is", async () => {
    const first = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), first.consentUrl, "admin-a");
    await world.runJobs();
    const second = await world.begin("Fabrikam Logistics");
    const { page } = await signInAs(world.browser(), second.consentUrl, "admin-a");
    expect(page.text).toContain("already connected to another organization");
    expect(page.text).not.toContain("Contoso");
    expect(await linked()).toHaveLength(1);
  });
});

describe("two journeys for one tenant", () => {
  it("end with one link, and the other card says why", async () => {
    const first = await world.begin("Contoso Dental", "contoso-dental.example");
    const second = await world.begin("Fabrikam Logistics", "contoso-dental.example");
    await Promise.all([
      consentAs(world.browser(), first.consentUrl, "admin-a"),
      consentAs(world.browser(), second.consentUrl, "privileged-a"),
    ]);
    await world.runJobs();
    await world.tick(5 * SECOND);
    expect(await linked()).toHaveLength(1);
    const ends = await Promise.all([first, second].map(({ journey }) => world.journey(journey.id)));
    expect(ends.map((journey) => journey.state).sort()).toEqual(["connected", "failed"]);
    const failed = ends.find((journey) => journey.state === "failed");
    const winner = ends.find((journey) => journey.state === "connected");
    expect(failed?.explanation).toContain(`already connected to ${winner?.organizationName}`);
  });
});
