import { randomBytes, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import restify from "restify";
import { registerConsentPages } from "../../../bot/consent-pages.ts";
import { syncTenant } from "../../../services/alerts/sync-tenant.ts";
import type { Job } from "../../../services/domain/job.ts";
import type { Person } from "../../../services/domain/person.ts";
import { createAppTokens } from "../../../services/microsoft/app-tokens.ts";
import { cloudEndpoints } from "../../../services/microsoft/cloud.ts";
import { createGraphAlertSource } from "../../../services/microsoft/graph-alert-source.ts";
import { createGraphTenantDirectory } from "../../../services/microsoft/graph-tenant-directory.ts";
import { createMicrosoftHttp } from "../../../services/microsoft/microsoft-http.ts";
import { createMicrosoftSignIn } from "../../../services/microsoft/microsoft-sign-in.ts";
import type { Announcement, AnnounceOutcome } from "../../../services/ports/announcer.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { advanceConsent } from "../../../services/tenants/advance-consent.ts";
import { beginLink } from "../../../services/tenants/begin-link.ts";
import { createConsentLinks } from "../../../services/tenants/consent-links.ts";
import { loadPermissionBook } from "../../../services/tenants/permission-book.ts";
import { rememberConsentCard } from "../../../services/tenants/remember-consent-card.ts";
import { troubleOf } from "../../../services/tenants/tenant-trouble.ts";
import { MovedClock } from "../../sandbox/clock.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { Browser } from "./browser.ts";

export const requester: Person = { id: "person-1", name: "Avery Stone", signInName: "avery.stone@harborridge.example" };
const conversationId = "a:personal-chat";

/** Consent as it is composed: SQLite, the sandbox's Microsoft, the pages on a real port. Teams is a list of edits. */
export async function startConnectWorld(options: { rolesLagSeconds?: number } = {}) {
  const moved = new MovedClock(new Date());
  const clock = { now: () => moved.now().toISOString() };
  const randomness = { id: () => randomUUID(), secret: () => randomBytes(32).toString("base64url") };
  const sandbox = await startSandbox({ clock: moved, ...options });
  const account = { id: sandbox.world.account.tenantId, name: sandbox.world.account.displayName };
  const server = restify.createServer({ name: "test" });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.registerRedirects(publicUrl);

  const endpoints = cloudEndpoints("public", {
    loginUrl: sandbox.loginUrl,
    graphUrl: sandbox.graphUrl,
    defenderUrl: sandbox.defenderUrl,
    botOpenIdMetadataUrl: null,
    botTokenIssuer: null,
    teamsServiceUrls: null,
  });
  const app = sandbox.world.defenderApp;
  const secret = app.secrets[0]?.value ?? "";
  const registration = { appId: app.appId, credential: { kind: "secret" as const, secret: { reveal: () => secret } } };
  const http = createMicrosoftHttp({ clock });
  const stores = await openSqliteStores({ path: ":memory:", clock });
  const tokens = createAppTokens({ http, endpoints, clock }, registration);
  const jobs: Job[] = [];
  const edits: Announcement[] = [];
  const posts: Announcement[] = [];
  const post = { outcome: { kind: "shown", activityId: "posted-1" } as AnnounceOutcome };
  const edit = { outcome: { kind: "shown", activityId: "card-1" } as AnnounceOutcome };
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const deps = {
    ...stores,
    clock,
    randomness,
    queue: { add: (job: Job) => void jobs.push(job) },
    directory: createGraphTenantDirectory({ tokens, http, endpoints, clock }),
    signIn: createMicrosoftSignIn({ http, endpoints, clock, randomness }, { registration, publicUrl }),
    source: createGraphAlertSource({ tokens, http, endpoints, clock, log: silent }),
    consentLinks: createConsentLinks("a secret of the process", publicUrl),
    accounts: [account],
    book: loadPermissionBook(),
    announcer: {
      edit: async (input: { announcement: Announcement }) => {
        edits.push(input.announcement);
        return edit.outcome;
      },
      post: async (input: { announcement: Announcement }) => {
        posts.push(input.announcement);
        return post.outcome;
      },
    },
    publicUrl,
    log: silent,
    intervalMs: 60_000,
    troubleOf,
    stateChanged: async () => {},
    credentialRefused: async () => {},
  };
  registerConsentPages(server, deps);
  await stores.conversations.put({
    accountId: account.id,
    id: conversationId,
    kind: "personal",
    serviceUrl: "https://smba.trafficmanager.net/teams/",
    name: "Avery Stone",
    personId: requester.id,
    teamId: null,
  });

  const runJobs = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      if (job.kind === "advance-consent") await advanceConsent(deps, job);
      if (job.kind === "sync-tenant") await syncTenant(deps, job);
    }
  };
  const world = {
    sandbox,
    deps,
    account,
    jobs,
    edits,
    edit,
    posts,
    post,
    publicUrl,
    server,
    /** A journey of that organization, its card posted. */
    begin: async (name: string, domain: string | null = null) => {
      const organization = { accountId: account.id, id: randomUUID(), name, createdAt: clock.now() };
      const added = await stores.organizations.add(organization);
      const known = added.kind === "added" ? organization : added.existing;
      const begun = await beginLink(deps, {
        account,
        organization: known,
        requestedBy: requester,
        conversationId,
        domain,
      });
      if (begun.kind !== "begun") throw new Error(`not begun: ${begun.kind}`);
      await rememberConsentCard(deps, { journeyId: begun.journey.id, activityId: `card-${begun.journey.id}` });
      return { ...begun, organization: known, linkId: deps.consentLinks.idOf(begun.journey.id) };
    },
    journey: async (id: string) => {
      const stored = await stores.consents.get(id);
      if (stored === null) throw new Error("no such journey");
      return stored.value;
    },
    runJobs,
    /** What the tick does: jobs that are due by the clock. */
    tick: async (milliseconds: number) => {
      moved.advance(milliseconds);
      for (const journeyId of await stores.consents.due({ now: clock.now(), limit: 50 })) {
        jobs.push({ kind: "advance-consent", journeyId });
      }
      await runJobs();
    },
    move: (milliseconds: number) => moved.advance(milliseconds),
    browser: () => new Browser(),
    stop: async () => {
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await http.close();
      await stores.close();
      await sandbox.close();
    },
  };
  return world;
}

export type ConnectWorld = Awaited<ReturnType<typeof startConnectWorld>>;

/** Follows a link to Microsoft's sign-in as that user of the sandbox; gives the page that comes of it. */
export async function signInAs(browser: Browser, consentUrl: string, user: string) {
  const away = await browser.get(`${consentUrl}&go=1`);
  const back = await browser.post(away.location, { user });
  return { authorizeUrl: away.location, backUrl: back.location, page: await browser.get(back.location) };
}

/** The address of Microsoft's consent prompt on a page. */
export function promptUrl(text: string): string {
  const found = /href="([^"]+\/adminconsent[^"]*)"/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no consent prompt on the page: ${text}`);
  return found.replaceAll("&amp;", "&");
}

/** The whole way: sign-in, Accept, result page. */
export async function consentAs(browser: Browser, consentUrl: string, user: string) {
  const { page } = await signInAs(browser, consentUrl, user);
  const answer = await browser.post(promptUrl(page.text), { decision: "accept" });
  return { callbackUrl: answer.location, page: await browser.get(answer.location) };
}
