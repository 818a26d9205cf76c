import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../services/domain/instant.ts";
import { beginLink } from "../../../services/tenants/begin-link.ts";
import { createConsentLinks } from "../../../services/tenants/consent-links.ts";
import { showLink } from "../../../services/tenants/follow-consent-link.ts";
import { type MakeConnectionsOutcome, makeConnections } from "../../../services/tenants/make-connections.ts";
import { cancelList, prepareConnections } from "../../../services/tenants/prepare-connections.ts";
import { type ConnectWorld, consentAs, requester, signInAs, startConnectWorld } from "./connect-world.ts";

let world: ConnectWorld;
beforeEach(async () => {
  world = await startConnectWorld();
});
afterEach(() => world.stop());

const conversationId = "a:personal-chat";

async function prepared(text: string | null): Promise<string> {
  const input = { accountId: world.account.id, personId: requester.id, text };
  const preparation = await prepareConnections(world.deps, input);
  if (preparation.kind !== "planned") throw new Error(preparation.kind);
  return preparation.listId;
}

const make = (listId: string, over: Partial<ConnectWorld["deps"]> = {}) =>
  makeConnections({ ...world.deps, ...over }, { accountId: world.account.id, listId, by: requester, conversationId });

function rowsOf(outcome: MakeConnectionsOutcome) {
  if (outcome.kind !== "made") throw new Error(outcome.kind);
  return outcome.rows;
}

/** Makes the link of one organization by a list; its journey has no card. */
async function linked(line: string) {
  const [row] = rowsOf(await make(await prepared(line)));
  const journey = await world.journey(row?.journeyId ?? "");
  return { journey, consentUrl: world.deps.consentLinks.urlOf(journey.id) };
}

const open = () => world.deps.consents.open(world.account.id);

describe("making the links of a list", () => {
  it("makes each once, whoever clicks twice: at the same moment, later, or after a crash in the middle", async () => {
    const listId = await prepared("A\nB\nC");
    const [first, second] = await Promise.all([make(listId), make(listId)]);
    expect([first.kind, second.kind].sort()).toEqual(["made", "underWay"]);
    const rows = rowsOf(first.kind === "made" ? first : second);
    expect(rows.map(({ state }) => state)).toEqual(["new", "new", "new"]);
    expect(rowsOf(await make(listId))).toEqual(rows);
    expect(await open()).toHaveLength(3);

    const broken = await prepared("D\nE\nF");
    let created = 0;
    const consents = {
      ...world.deps.consents,
      create: async (...input: Parameters<ConnectWorld["deps"]["consents"]["create"]>) => {
        created += 1;
        if (created === 2) throw new Error("killed");
        await world.deps.consents.create(...input);
      },
    };
    await expect(make(broken, { consents })).rejects.toThrow("killed");
    await new Promise((resolve) => setImmediate(resolve));
    const after = rowsOf(await make(broken));
    expect(after.every(({ journeyId }) => journeyId !== null)).toBe(true);
    expect(after.map(({ state }) => state)).toContain("open");
    expect(await open()).toHaveLength(6);
  });

  it("is for whoever made the preview, for an hour, until it is cancelled", async () => {
    const listId = await prepared("A");
    const stranger = { ...requester, id: "person-2" };
    const theirs = { accountId: world.account.id, listId, by: stranger, conversationId };
    expect((await makeConnections(world.deps, theirs)).kind).toBe("gone");
    expect((await makeConnections(world.deps, { ...theirs, by: requester, accountId: "other" })).kind).toBe("gone");
    const which = { accountId: world.account.id, personId: requester.id, listId };
    expect(await cancelList(world.deps, { ...which, personId: stranger.id })).toBe(false);
    expect(await cancelList(world.deps, which)).toBe(true);
    expect((await make(listId)).kind).toBe("gone");
    const late = await prepared("A");
    world.move(HOUR + SECOND);
    expect((await make(late)).kind).toBe("gone");
    expect(await open()).toEqual([]);
  });

  it("looks once more at what changed since the preview", async () => {
    const listId = await prepared("Contoso Dental\nFabrikam Logistics\nTailspin");
    const contoso = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), contoso.consentUrl, "admin-a");
    await world.runJobs();
    const fabrikam = await world.begin("Fabrikam Logistics");
    const [one, two, three] = rowsOf(await make(listId));
    expect(one).toMatchObject({ state: "linked", domain: "contoso-dental.example", journeyId: null });
    expect(two).toMatchObject({ state: "open", journeyId: fabrikam.journey.id });
    expect(three).toMatchObject({ state: "new" });
  });

  it("an open link that our changed secret has broken works again", async () => {
    const { journey, consentUrl } = await linked("Contoso Dental");
    const changed = createConsentLinks("another secret of the process", world.publicUrl);
    const listId = await prepared("Contoso Dental");
    expect(rowsOf(await make(listId, { consentLinks: changed }))).toMatchObject([
      { journeyId: journey.id, state: "open" },
    ]);
    expect(await showLink(world.deps, { linkId: changed.idOf(journey.id) })).toMatchObject({ kind: "live" });
    expect((await world.browser().get(consentUrl)).status).toBe(404);
  });

  it("names what is wrong with a domain, adds no organization for it, and stops no other line", async () => {
    const contoso = await world.begin("Contoso Dental", "contoso-dental.example");
    await consentAs(world.browser(), contoso.consentUrl, "admin-a");
    await world.runJobs();
    const directory = {
      ...world.deps.directory,
      findByDomain: async (domain: string) => {
        if (domain === "away.example") throw new Breakdown("not-answering", "No answer.", { retryable: true });
        return await world.deps.directory.findByDomain(domain);
      },
    };
    const listId = await prepared("A, contoso-dental.example\nB, nobody.example\nC, away.example\nD, fabrikam.example");
    const rows = rowsOf(await make(listId, { directory }));
    expect(rows.map(({ problem }) => problem)).toEqual([
      "The tenant of this domain is connected to Contoso Dental already.",
      "Microsoft knows no tenant with this domain.",
      "Microsoft did not answer for this domain. Send the line once more later.",
      null,
    ]);
    const names = await world.deps.organizations.list({ accountId: world.account.id, offset: 0, limit: 9 });
    expect(names.map(({ name }) => name)).toEqual(["Contoso Dental", "D"]);
    const journey = await world.journey(rows[3]?.journeyId ?? "");
    expect(journey).toMatchObject({ expectedDomain: "fabrikam.example", state: "waiting", cardActivityId: null });
    expect(Date.parse(journey.expiresAt) - Date.parse(journey.createdAt)).toBe(7 * DAY);
  });

  it("takes 1,000, and all without a tenant up to as many", async () => {
    const names = Array.from({ length: 1_000 }, (_, at) => `Customer ${at}`);
    const rows = rowsOf(await make(await prepared(names.join("\n"))));
    expect(rows.filter(({ state }) => state === "new")).toHaveLength(1_000);
    expect(await open()).toHaveLength(1_000);
    const begun = (await world.deps.audit.list({ accountId: world.account.id, limit: 5_000 })).map(({ verb }) => verb);
    expect(begun.filter((verb) => verb === "consent.begin")).toHaveLength(1_000);
    expect(rowsOf(await make(await prepared(null))).every(({ state }) => state === "open")).toBe(true);
    const input = { accountId: world.account.id, personId: requester.id };
    await world.deps.organizations.add({ accountId: input.accountId, id: "x", name: "One more", createdAt: "" });
    expect(await prepareConnections(world.deps, { ...input, text: null })).toEqual({
      kind: "tooManyLines",
      lines: 1_001,
    });
  });

  it("`connect tenant` for one of them replaces its link as ever", async () => {
    const { journey } = await linked("Contoso Dental");
    const organization = await world.deps.organizations.findByName(world.account.id, "Contoso Dental");
    if (organization === null) throw new Error("no organization");
    const input = { account: world.account, organization, requestedBy: requester, conversationId, domain: null };
    expect(await beginLink(world.deps, input)).toMatchObject({ kind: "begun", replaced: 1 });
    await world.runJobs();
    expect((await world.journey(journey.id)).state).toBe("cancelled");
    expect(world.posts).toEqual([]);
  });
});

describe("the card of a link from a list", () => {
  const posted = () => world.posts.map((post) => (post.kind === "consent" ? post.journey.state : post.kind));
  const consented = async (line: string) => {
    const { journey, consentUrl } = await linked(line);
    await consentAs(world.browser(), consentUrl, "admin-a");
    await world.runJobs();
    await world.tick(5 * SECOND);
    return journey;
  };

  it("is not posted for a look or an end, but once for the connection", async () => {
    const { consentUrl } = await linked("Fabrikam Logistics");
    await world.browser().get(`${consentUrl}&go=1`);
    await world.tick(11 * MINUTE);
    const journey = await consented("Contoso Dental, contoso-dental.example");
    expect(posted()).toEqual(["connected"]);
    expect((await world.journey(journey.id)).cardActivityId).toBe("posted-1");
    await world.tick(8 * DAY);
    expect(posted()).toEqual(["connected"]);
  });

  it("is posted to ask for a confirmation, and edited from then on", async () => {
    const journey = await consented("Contoso Dental");
    expect(posted()).toEqual(["awaitingConfirmation"]);
    expect(await world.journey(journey.id)).toMatchObject({
      state: "awaitingConfirmation",
      cardActivityId: "posted-1",
    });
    await world.tick(8 * DAY);
    expect(world.edits.at(-1)).toMatchObject({ kind: "consent", journey: { state: "expired" } });
    expect(posted()).toHaveLength(1);
  });

  it("is posted for an obstacle", async () => {
    world.sandbox.world.consent(world.sandbox.world.tenant("A").tenantId);
    const { consentUrl } = await linked("Contoso Dental");
    await signInAs(world.browser(), consentUrl, "user-a");
    await world.runJobs();
    expect(posted()).toEqual(["notAdmin"]);
  });

  it("waits for Teams, is posted once more without an answer and then no more, and gives up where it is refused", async () => {
    world.post.outcome = { kind: "wait", milliseconds: 7 * SECOND };
    const journey = await consented("Contoso Dental");
    await world.tick(8 * SECOND);
    world.post.outcome = { kind: "ambiguous", why: "no answer" };
    await world.tick(8 * SECOND);
    const before = posted().length;
    await world.tick(31 * SECOND);
    expect(posted()).toHaveLength(before + 1);
    await world.tick(HOUR);
    expect(posted()).toHaveLength(before + 1);
    expect((await world.journey(journey.id)).cardActivityId).toBeNull();
    world.post.outcome = { kind: "refused", why: "blocked" };
    await consented("Another");
    const refused = posted().length;
    expect(refused).toBeGreaterThan(before + 1);
    await world.tick(HOUR);
    expect(posted()).toHaveLength(refused);
  });
});
