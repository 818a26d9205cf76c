import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MINUTE, SECOND } from "../../../services/domain/instant.ts";
import { type AdvanceConsentDeps, advanceConsent } from "../../../services/tenants/advance-consent.ts";
import { type BeginConsentAgainOutcome, beginConsentAgain } from "../../../services/tenants/begin-consent-again.ts";
import { beginLink } from "../../../services/tenants/begin-link.ts";
import { renewLink } from "../../../services/tenants/decide-in-chat.ts";
import { rememberConsentCard } from "../../../services/tenants/remember-consent-card.ts";
import { removeLink } from "../../../services/tenants/remove-link.ts";
import { listTenants } from "../../../services/tenants/tenant-overviews.ts";
import { type ConnectWorld, consentAs, promptUrl, requester, signInAs, startConnectWorld } from "./connect-world.ts";

let world: ConnectWorld;
let tenantId: string;

beforeEach(async () => {
  world = await startConnectWorld();
  ({ tenantId } = world.sandbox.world.tenant("A"));
  const { consentUrl } = await world.begin("Contoso Dental", "contoso-dental.example");
  await consentAs(world.browser(), consentUrl, "admin-a");
  await world.runJobs();
  await world.tick(5 * SECOND);
});
afterEach(() => world.stop());

const scope = () => ({ accountId: world.account.id, tenantId });
const link = async () => (await world.deps.links.get(scope()))?.value;
const again = (conversationId = "a:personal-chat") =>
  beginConsentAgain(world.deps, { scope: scope(), requestedBy: requester, conversationId });

function begun(outcome: BeginConsentAgainOutcome) {
  if (outcome.kind !== "begun" && outcome.kind !== "renewed") throw new Error(outcome.kind);
  return { journey: outcome.journey, consentUrl: world.deps.consentLinks.urlOf(outcome.journey.id) };
}

async function asked() {
  const { journey, consentUrl } = begun(await again());
  await rememberConsentCard(world.deps, { journeyId: journey.id, activityId: `card-${journey.id}` });
  return { journey, consentUrl };
}

const chat = (journeyId: string) => ({
  accountId: world.account.id,
  journeyId,
  by: requester,
  where: "a:personal-chat",
});

describe("a sign-in whose token tells no roles", () => {
  beforeEach(() => {
    world.sandbox.world.widsInIdTokens = false;
  });

  it("may consent again for a tenant that still grants something: it maps nothing", async () => {
    world.sandbox.world.removeRole(tenantId, "SecurityAlert.ReadWrite.All");
    const { journey, consentUrl } = await asked();
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    expect((await world.journey(journey.id)).state).toBe("connected");
    expect((await link())?.granted.graph).toContain("SecurityAlert.ReadWrite.All");
  });

  it("gains nothing for somebody who may not consent: Microsoft's prompt refuses, and the link stays as it is", async () => {
    const before = await link();
    const { journey, consentUrl } = await asked();
    const browser = world.browser();
    const { page } = await signInAs(browser, consentUrl, "user-a");
    const prompt = await browser.post(promptUrl(page.text), { decision: "accept" });
    expect(prompt.text).toContain("AADSTS90094");
    await world.tick(11 * MINUTE);
    expect((await world.journey(journey.id)).state).toBe("opened");
    expect(await link()).toEqual(before);
  });

  it("is refused as ever where a tenant is to be linked", async () => {
    await removeLink(world.deps, { scope: scope(), by: requester, where: null });
    const { consentUrl } = await world.begin("Contoso Dental");
    expect((await signInAs(world.browser(), consentUrl, "user-a")).page.status).toBe(403);
  });
});

describe("one open link per tenant", () => {
  it("asked for by many at once, one journey stays open", async () => {
    await Promise.all(Array.from({ length: 8 }, () => again()));
    expect(await world.deps.consents.open(world.account.id)).toHaveLength(1);
    const { journey } = begun(await again());
    expect((await world.deps.consents.open(world.account.id)).map(({ id }) => id)).toEqual([journey.id]);
  });

  it("is not among the connections that wait, and a new connection of its organization does not end it", async () => {
    const { journey } = await asked();
    const list = await listTenants(world.deps, {
      accountId: world.account.id,
      filter: { text: "", states: null, waiting: true },
      offset: 0,
      limit: 10,
    });
    expect(list.waiting).toEqual([]);
    const organization = { accountId: world.account.id, id: "o-2", name: "Another", createdAt: world.deps.clock.now() };
    await world.deps.organizations.add(organization);
    const stored = await world.deps.links.get(scope());
    if (stored === null) throw new Error("no link");
    const audit = (await world.deps.audit.list({ accountId: world.account.id, limit: 1 }))[0];
    if (audit === undefined) throw new Error("no audit");
    const moved = { link: stored.value, etag: stored.etag, toOrganizationId: "o-2", audit: { ...audit, id: "moved" } };
    expect((await world.deps.links.move(moved)).kind).toBe("moved");
    const free = await world.deps.organizations.get(world.account.id, stored.value.organizationId);
    if (free === null) throw new Error("no organization");
    const input = {
      account: world.account,
      organization: free,
      requestedBy: requester,
      conversationId: "c",
      domain: null,
    };
    expect(await beginLink(world.deps, input)).toMatchObject({ kind: "begun", replaced: 0 });
    expect((await world.journey(journey.id)).state).toBe("waiting");
  });

  it("an ended one is renewed unless a newer one is open, or the tenant is gone", async () => {
    const first = await asked();
    await world.tick(8 * 24 * 60 * MINUTE);
    expect((await world.journey(first.journey.id)).state).toBe("expired");
    const second = await asked();
    expect(second.journey.id).not.toBe(first.journey.id);
    expect((await renewLink(world.deps, chat(first.journey.id))).kind).toBe("replaced");
    await world.tick(8 * 24 * 60 * MINUTE);
    expect((await renewLink(world.deps, chat(first.journey.id))).kind).toBe("renewed");
    await removeLink(world.deps, { scope: scope(), by: requester, where: null });
    expect((await renewLink(world.deps, chat(second.journey.id))).kind).toBe("tenantGone");
    expect((await again()).kind).toBe("notLinked");
  });

  it("asked for while what was granted is being checked, says so", async () => {
    world.sandbox.world.rolesLagSeconds = 60;
    const { consentUrl } = await asked();
    await consentAs(world.browser(), consentUrl, "admin-a");
    expect((await again()).kind).toBe("underWay");
  });
});

it("a tenant whose domain was never told is asked by its id alone", async () => {
  const stored = await world.deps.links.get(scope());
  if (stored === null) throw new Error("no link");
  await world.deps.links.update({ link: { ...stored.value, tenantDomain: tenantId }, etag: stored.etag });
  const { consentUrl } = await asked();
  const away = new URL((await world.browser().get(`${consentUrl}&go=1`)).location);
  expect(away.pathname).toContain(`/${tenantId}/`);
  expect(away.searchParams.get("domain_hint")).toBeNull();
});

it("removed by itself, without its journeys being ended: the next step ends them", async () => {
  const { journey } = await asked();
  const untold = { ...world.deps, consents: { ...world.deps.consents, open: async () => [] } };
  await removeLink(untold, { scope: scope(), by: requester, where: null });
  await advanceConsent(world.deps, { journeyId: journey.id });
  const ended = await world.journey(journey.id);
  expect(ended.state).toBe("removed");
  expect(ended.explanation).toContain("Avery Stone removed Contoso Dental's tenant");
});

/** Dies at the nth outside write, before or after it is done. */
function dyingAt(deps: AdvanceConsentDeps, nth: number, when: "before" | "after"): AdvanceConsentDeps {
  let writes = 0;
  const dying = <Input, Output>(write: (input: Input) => Promise<Output>) => {
    return async (input: Input) => {
      writes += 1;
      const dies = writes === nth;
      if (dies && when === "before") throw new Error("killed");
      const output = await write(input);
      if (dies) throw new Error("killed");
      return output;
    };
  };
  return {
    ...deps,
    consents: { ...deps.consents, update: dying(deps.consents.update) },
    links: { ...deps.links, update: dying(deps.links.update) },
    announcer: { edit: dying(deps.announcer.edit), post: dying(deps.announcer.post) },
  };
}

it.each([1, 2, 3, 4].flatMap((nth) => [[nth, "before"] as const, [nth, "after"] as const]))(
  "a crash at write %i, %s it is done, is made good by the next tick",
  async (nth, when) => {
    world.sandbox.world.revokeConsent(tenantId);
    const { journey, consentUrl } = await asked();
    await consentAs(world.browser(), consentUrl, "admin-a");
    world.jobs.length = 0;
    const mortal = dyingAt(world.deps, nth, when);
    await expect(advanceConsent(mortal, { journeyId: journey.id })).rejects.toThrow("killed");
    world.jobs.length = 0;
    await world.tick(0);
    await world.tick(0);
    expect(await world.journey(journey.id)).toMatchObject({ state: "connected", dueAt: null });
    expect(world.edits.at(-1)?.kind).toBe("connected");
    const rows = await world.deps.audit.list({ accountId: world.account.id, limit: 50 });
    expect(rows.filter((row) => row.verb === "tenant.link")).toHaveLength(1);
    expect(rows.filter((row) => row.verb === "consent.check")).toHaveLength(1);
  },
);
