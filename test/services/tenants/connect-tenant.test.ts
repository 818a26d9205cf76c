import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, MINUTE, SECOND } from "../../../services/domain/instant.ts";
import { beginLink } from "../../../services/tenants/begin-link.ts";
import { cancelJourney, confirmTenant, rejectTenant, renewLink } from "../../../services/tenants/decide-in-chat.ts";
import { removeLink } from "../../../services/tenants/remove-link.ts";
import { listTenants } from "../../../services/tenants/tenant-overviews.ts";
import { type ConnectWorld, consentAs, requester, signInAs, startConnectWorld } from "./connect-world.ts";

let world: ConnectWorld;
beforeEach(async () => {
  world = await startConnectWorld();
});
afterEach(() => world.stop());

const states = () => world.edits.map((edit) => (edit.kind === "consent" ? edit.journey.state : edit.kind));
const chat = (journeyId: string) => ({
  accountId: world.account.id,
  journeyId,
  by: requester,
  where: "a:personal-chat",
});
const tenantA = () => world.sandbox.world.tenant("A");

describe("connecting a tenant", () => {
  it("goes from the link to the first proven sync, and the card says each step", async () => {
    world.sandbox.world.arrive(tenantA().tenantId);
    world.move(MINUTE);
    const { journey, consentUrl } = await world.begin("Contoso Dental", "Contoso-Dental.example ");
    expect(journey.expectedTenantId).toBe(tenantA().tenantId);
    const { page } = await consentAs(world.browser(), consentUrl, "admin-a");
    expect(page.status).toBe(200);
    await world.runJobs();
    await world.tick(3 * SECOND);
    expect(states()).toEqual(["checking", "connected"]);
    const last = world.edits.at(-1);
    if (last?.kind !== "connected") throw new Error("not connected");
    expect(last.overview.link).toMatchObject({ tenantName: "Contoso Dental", state: "connected", trouble: null });
    expect(last.overview.sync?.coverage).not.toBeNull();
    expect(last.overview.counts).toEqual({ open: 1, olderOpen: 1, total: 1 });
    expect((await world.journey(journey.id)).dueAt).toBeNull();
    const verbs = (await world.deps.audit.list({ accountId: world.account.id, limit: 50 })).map((row) => row.verb);
    expect(new Set(verbs)).toEqual(
      new Set([
        "consent.begin",
        "consent.open",
        "consent.sign-in",
        "consent.grant",
        "tenant.link",
        "consent.connected",
      ]),
    );
    expect(world.sandbox.unknownRequests).toEqual([]);
  });

  it("asks the requester when no domain was typed in, and links only after a yes", async () => {
    const { journey, consentUrl, organization } = await world.begin("Contoso Dental");
    await consentAs(world.browser(), consentUrl, "privileged-a");
    await world.runJobs();
    const asking = await world.journey(journey.id);
    expect(asking).toMatchObject({
      state: "awaitingConfirmation",
      tenant: { name: "Contoso Dental", domain: "contoso-dental.example" },
    });
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toBeNull();
    const other = await confirmTenant(world.deps, { ...chat(journey.id), tenantId: "another tenant" });
    expect(other.kind).toBe("notNow");
    const confirmed = await confirmTenant(world.deps, { ...chat(journey.id), tenantId: tenantA().tenantId });
    expect(confirmed.kind).toBe("confirmed");
    await world.runJobs();
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toMatchObject({
      tenantId: tenantA().tenantId,
    });
    expect((await confirmTenant(world.deps, { ...chat(journey.id), tenantId: tenantA().tenantId })).kind).toBe(
      "notNow",
    );
  });

  it("links nothing when the requester says no, and the link can be opened again", async () => {
    const { journey, consentUrl, organization } = await world.begin("Contoso Dental");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    const rejected = await rejectTenant(world.deps, chat(journey.id));
    expect(rejected.kind).toBe("rejected");
    await world.runJobs();
    expect(await world.journey(journey.id)).toMatchObject({ state: "wrongTenant", tenant: null });
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toBeNull();
    expect((await world.browser().get(consentUrl)).status).toBe(200);
  });

  it("waits for roles that come late, then connects", async () => {
    world.sandbox.world.rolesLagSeconds = 90;
    const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    await world.tick(30 * SECOND);
    expect((await world.journey(journey.id)).state).toBe("granted");
    expect(states()).toEqual(["granted"]);
    await world.tick(65 * SECOND);
    await world.tick(5 * SECOND);
    expect((await world.journey(journey.id)).state).toBe("connected");
  });

  it("fails with a sentence when no permission shows for 10 minutes", async () => {
    world.sandbox.world.rolesLagSeconds = 3_600;
    const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    await world.tick(11 * MINUTE);
    const failed = await world.journey(journey.id);
    expect(failed.state).toBe("failed");
    expect(failed.explanation).toContain("none of the permissions");
    const filter = { text: "", states: null, waiting: true };
    const list = await listTenants(world.deps, { accountId: world.account.id, filter, offset: 0, limit: 10 });
    expect(list.total).toBe(0);
  });

  it("goes on with what is there when core permissions stay missing, and names them", async () => {
    const core = world.deps.book.permissions.find((item) => item.tier === "core" && item.resource === "graph");
    if (core === undefined) throw new Error("no core permission");
    world.sandbox.world.withhold(tenantA().tenantId, [core]);
    const { consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toBeNull();
    await world.tick(11 * MINUTE);
    const link = await world.deps.links.findByOrganization(world.account.id, organization.id);
    expect(link?.state).toBe("permissionsMissing");
    expect(link?.granted.graph).not.toContain(core.value);
    await world.tick(5 * SECOND);
    expect(states().at(-1)).toBe("connected");
  });

  it("takes the domain for the name where the tenant may not be described", async () => {
    world.sandbox.world.withhold(tenantA().tenantId, [{ resource: "graph", value: "Organization.Read.All" }]);
    const { consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    await world.tick(11 * MINUTE);
    const link = await world.deps.links.findByOrganization(world.account.id, organization.id);
    expect(link).toMatchObject({ tenantName: "contoso-dental.example", state: "permissionsMissing" });
    expect(link?.trouble?.sentence).toContain("Organization.Read.All");
  });
});

describe("what stands in the way", () => {
  it("links a tenant whose Defender does not answer, and says so", async () => {
    const { journey, consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    world.sandbox.world.setDefender(tenantA().tenantId, false);
    await world.runJobs();
    await world.tick(5 * SECOND);
    const link = await world.deps.links.findByOrganization(world.account.id, organization.id);
    expect(link?.state).toBe("defenderNotAvailable");
    expect(link?.trouble?.sentence).toContain("Defender for Endpoint does not answer");
    expect((await world.journey(journey.id)).state).toBe("connected");
  });

  it("does not blame the tenant for our own credential, and goes on when it is renewed", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    const { secrets } = world.sandbox.world.defenderApp;
    const kept = secrets.splice(0);
    await world.runJobs();
    await world.tick(20 * MINUTE);
    const waiting = await world.journey(journey.id);
    expect(waiting.state).toBe("granted");
    expect(waiting.explanation).toContain("own credential");
    secrets.push(...kept);
    await world.tick(2 * MINUTE);
    await world.tick(5 * SECOND);
    expect((await world.journey(journey.id)).state).toBe("connected");
  });
});

describe("a link that is not followed to its end", () => {
  it("says after 10 minutes that Microsoft did not answer, and ends after 7 days", async () => {
    const { journey, consentUrl } = await world.begin("Tailspin Toys");
    await world.browser().get(`${consentUrl}&go=1`);
    await world.runJobs();
    await world.tick(9 * MINUTE);
    expect((await world.journey(journey.id)).explanation).toBeNull();
    await world.tick(2 * MINUTE);
    expect((await world.journey(journey.id)).explanation).toMatch(
      /^Opened \d\d:\d\d UTC, no answer from Microsoft\..*AADSTS650052.*AADSTS90094/,
    );
    await world.tick(7 * DAY);
    expect(await world.journey(journey.id)).toMatchObject({ state: "expired", legs: [] });
    expect((await world.browser().get(consentUrl)).status).toBe(410);
    const renewed = await renewLink(world.deps, chat(journey.id));
    expect(renewed).toMatchObject({ kind: "renewed", consentUrl });
    expect((await world.browser().get(consentUrl)).status).toBe(200);
  });

  it("is said to be declined, and can be opened again", async () => {
    const { journey, consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
    const browser = world.browser();
    const { page } = await signInAs(browser, consentUrl, "admin-a");
    const prompt = /href="([^"]+\/adminconsent[^"]*)"/.exec(page.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const answer = await browser.post(prompt, { decision: "cancel" });
    expect((await browser.get(answer.location)).text).toContain("declined at Microsoft");
    await world.runJobs();
    expect((await world.journey(journey.id)).state).toBe("declined");
    const { page: second } = await consentAs(browser, consentUrl, "admin-a");
    expect(second.text).toContain("Permissions granted");
  });

  it("is replaced by a newer one of the same organization, which is said", async () => {
    const first = await world.begin("Contoso Dental");
    const second = await world.begin("Contoso Dental");
    expect(second.replaced).toBe(1);
    expect(await world.journey(first.journey.id)).toMatchObject({ state: "cancelled" });
    expect((await world.browser().get(first.consentUrl)).status).toBe(410);
    expect(await renewLink(world.deps, chat(first.journey.id))).toMatchObject({ kind: "replaced" });
  });

  it("edits the card again when Teams asks to wait or does not answer", async () => {
    const { journey } = await world.begin("Contoso Dental");
    world.edit.outcome = { kind: "wait", milliseconds: 4_000 };
    expect((await cancelJourney(world.deps, chat(journey.id))).kind).toBe("cancelled");
    await world.runJobs();
    world.edit.outcome = { kind: "shown", activityId: "card-1" };
    await world.tick(3 * SECOND);
    expect(states()).toEqual(["cancelled"]);
    await world.tick(2 * SECOND);
    expect(states()).toEqual(["cancelled", "cancelled"]);
    expect((await world.journey(journey.id)).dueAt).toBeNull();
  });

  it("belongs to its account", async () => {
    const { journey } = await world.begin("Contoso Dental");
    const stranger = { ...chat(journey.id), accountId: "another account" };
    expect(await cancelJourney(world.deps, stranger)).toEqual({ kind: "missing" });
    expect(await renewLink(world.deps, stranger)).toEqual({ kind: "missing" });
  });
});

describe("beginning a link", () => {
  it("says what the organization or the domain is connected to already", async () => {
    const { consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    const input = { account: world.account, organization, requestedBy: requester, conversationId: "c", domain: null };
    expect(await beginLink(world.deps, input)).toMatchObject({
      kind: "organizationHasTenant",
      tenantName: "Contoso Dental",
    });
    const fresh = { ...organization, id: "other", name: "Other" };
    const domain = "contoso-dental.example";
    expect(await beginLink(world.deps, { ...input, organization: fresh, domain })).toEqual({
      kind: "domainTenantLinked",
      where: "here",
      organizationName: "Contoso Dental",
    });
    const account = { id: "another account", name: "Another" };
    const elsewhere = await beginLink(world.deps, { ...input, account, organization: fresh, domain });
    expect(elsewhere).toEqual({ kind: "domainTenantLinked", where: "elsewhere" });
    for (const unknown of ["nobody.example", "../organizations", "a b.example", ""]) {
      expect((await beginLink(world.deps, { ...input, organization: fresh, domain: unknown })).kind).toBe(
        "domainUnknown",
      );
    }
  });

  it("removes a tenant, with an audit row, and it can be connected again", async () => {
    const { consentUrl, organization } = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    const scope = { accountId: world.account.id, tenantId: tenantA().tenantId };
    const removal = { scope, by: requester, where: null };
    const foreign = { ...removal, scope: { ...scope, accountId: "x" } };
    expect(await removeLink(world.deps, foreign)).toEqual({ kind: "missing", removed: null });
    const removed = { ...scope, organizationName: "Contoso Dental", removedBy: requester };
    expect(await removeLink(world.deps, removal)).toMatchObject({ kind: "removed", removed });
    expect(await removeLink(world.deps, removal)).toMatchObject({ kind: "missing", removed });
    expect(await world.deps.links.findByOrganization(world.account.id, organization.id)).toBeNull();
    const rows = await world.deps.audit.list({ accountId: world.account.id, limit: 50 });
    expect(rows.filter((row) => row.verb === "tenant.remove")).toHaveLength(1);
  });
});
