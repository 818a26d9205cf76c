import { setTimeout as pause } from "node:timers/promises";
import { ConversationState, type TurnContext } from "botbuilder";
import { RootDialog } from "../dialogs/root-dialog.ts";
import { ownCredentials } from "../services/config/own-credentials.ts";
import { Breakdown } from "../services/domain/breakdown.ts";
import { DAY, SECOND } from "../services/domain/instant.ts";
import type { TenantLink } from "../services/domain/tenant-link.ts";
import { runJob } from "../services/jobs/run-job.ts";
import { tick } from "../services/jobs/schedule.ts";
import { tidyStore } from "../services/jobs/tidy-store.ts";
import { createPrometheusMetrics } from "../services/metrics/prometheus-metrics.ts";
import { createAppTokens } from "../services/microsoft/app-tokens.ts";
import { cloudEndpoints } from "../services/microsoft/cloud.ts";
import { createGraphAlertSource } from "../services/microsoft/graph-alert-source.ts";
import { createGraphTenantDirectory } from "../services/microsoft/graph-tenant-directory.ts";
import { createMicrosoftHttp } from "../services/microsoft/microsoft-http.ts";
import { createMicrosoftSignIn } from "../services/microsoft/microsoft-sign-in.ts";
import type { JobQueue } from "../services/ports/job-queue.ts";
import { createLocalQueue } from "../services/queue/local/local-queue.ts";
import { createConsentLinks } from "../services/tenants/consent-links.ts";
import { credentialRefused, standingAlarm } from "../services/tenants/credential-alarm.ts";
import { loadPermissionBook } from "../services/tenants/permission-book.ts";
import { announceToAdmins, tellAdmins } from "../services/tenants/tell-admins.ts";
import { tenantStateChanged } from "../services/tenants/tenant-state-changed.ts";
import { troubleOf } from "../services/tenants/tenant-trouble.ts";
import { createActivityGate } from "./activity-gate.ts";
import { openAdminServer } from "./admin-server.ts";
import type { App, ComposeOptions, World } from "./app.ts";
import { registerConsentPages } from "./consent-pages.ts";
import { createDialogStorage } from "./dialog-storage.ts";
import { registerDownloads } from "./download-route.ts";
import { createHttpServer } from "./http-server.ts";
import { lateReplies } from "./late-replies.ts";
import { closeServer, listen } from "./listen.ts";
import { openStores } from "./open-stores.ts";
import { organizationDirectories } from "./organization-directories.ts";
import { goOnInPersonalChat } from "./personal-chat.ts";
import { readiness } from "./readiness.ts";
import { createRoster } from "./roster.ts";
import { SocBot } from "./soc-bot.ts";
import { takeTurn } from "./take-turn.ts";
import { TeamsAdapter } from "./teams-adapter.ts";
import { createTeamsAnnouncer } from "./teams-announcer.ts";
import { type ConnectorCall, createConnectorCall } from "./teams-connector.ts";
import { createTeamsFiles } from "./teams-files.ts";
import { createTeamsWindows } from "./teams-windows.ts";
import { startTicking } from "./ticking.ts";
import { createTurnOnce } from "./turn-once.ts";

/** How long running jobs may take to end when the process stops. */
const DRAIN_WITHIN = 5 * SECOND;
const JOBS_IN_FLIGHT = 64;
const JOBS_PER_TENANT = 4;

const CLICK_PATIENCE = 8 * SECOND;

/** The one composition root: each adapter once, in a straight line, each stop registered as the thing is made. */
export async function compose(world: World, options: ComposeOptions): Promise<App> {
  const { settings, clock, randomness, log } = world;
  const stops: (() => Promise<unknown>)[] = [];
  const endpoints = cloudEndpoints(settings.cloud, settings.overrides);
  const configuredAdmins = new Set(settings.accountAdmins);
  const accountIds = new Set(settings.accounts.map(({ id }) => id));

  const metrics = createPrometheusMetrics({ process: settings.admin.port !== null });
  const stores = await openStores({ settings, clock, metrics });
  stops.push(() => stores.close());
  const http = createMicrosoftHttp({ clock });
  stops.push(() => http.close());

  const tokens = createAppTokens({ clock, http, endpoints }, settings.defenderApp);
  const botTokens = createAppTokens({ clock, http, endpoints }, settings.bot);
  const source = createGraphAlertSource({ tokens, http, endpoints, clock, log });
  const directory = createGraphTenantDirectory({ tokens, http, endpoints, clock });
  const signIn = createMicrosoftSignIn(
    { http, endpoints, clock, randomness },
    { registration: settings.defenderApp, publicUrl: settings.publicUrl },
  );
  const { credential } = settings.defenderApp;
  const linkSecret = credential.kind === "secret" ? credential.secret : credential.pem;
  const consentLinks = createConsentLinks(linkSecret.reveal(), settings.publicUrl);
  const book = loadPermissionBook();

  const connector = createConnectorCall({
    token: (fresh) => botTokens.appToken({ tenantId: settings.bot.tenantId, resource: "bot", fresh }),
    windows: options.windows ?? createTeamsWindows(clock),
    serviceOrigins: endpoints.teamsServiceOrigins,
  });
  const call: ConnectorCall = async (input) => {
    const outcome = await connector(input);
    metrics.teamsAnswered(outcome.kind);
    return outcome;
  };
  const shared = {
    ...stores,
    accounts: settings.accounts,
    configuredAdmins,
    clock,
    randomness,
    log,
    source,
    directory,
    directories: organizationDirectories({ clock, log }, settings.directory),
    files: createTeamsFiles({ log, sandboxOrigins: endpoints.teamsServiceOrigins }),
    signIn,
    consentLinks,
    publicUrl: settings.publicUrl,
    book,
    intervalMs: settings.syncIntervalSeconds * SECOND,
  };
  const announcer = createTeamsAnnouncer({ ...shared, call, botAppId: settings.bot.appId });

  const later: { queue: JobQueue | null } = { queue: null };
  const queue: JobQueue = { add: (job) => later.queue?.add(job) };
  const jobDeps = {
    ...shared,
    announcer,
    queue,
    stateChanged: (before: TenantLink, after: TenantLink) => tenantStateChanged({ ...shared, queue }, before, after),
    credentialRefused: (tenantId: string | null, breakdown: Breakdown) =>
      credentialRefused({ ...shared, queue }, { tenantId, breakdown }),
  };
  const local = createLocalQueue({
    run: async (job) => {
      const ending = await runJob(
        {
          ...jobDeps,
          troubleOf,
          routePaused: ({ accountId, name }, sentence) =>
            tellAdmins(jobDeps, {
              accountId,
              title: `No alerts can be posted in ${name}`,
              text: `${sentence} New cards wait; say \`post alerts here\` in a conversation that the bot can reach.`,
            }),
          consent: jobDeps,
          directorySync: { ...jobDeps, tellAdmins: (notice) => tellAdmins(jobDeps, notice) },
          move: jobDeps,
          recheck: jobDeps,
          credentials: {
            ...jobDeps,
            ownCredentials: ownCredentials(settings),
            tellAdmins: (notice) => tellAdmins(jobDeps, notice),
          },
          coverage: { ...jobDeps, announceToAdmins: (notice) => announceToAdmins(jobDeps, notice) },
        },
        job,
      );
      metrics.jobEnded(job.kind, ending);
    },
    inFlight: JOBS_IN_FLIGHT,
    perTenant: JOBS_PER_TENANT,
  });
  later.queue = local;
  stops.push(async () => {
    // A call that Microsoft leaves hanging is broken off, so that a stop is over in time; what it did is looked up later.
    const cut = setTimeout(() => void http.close(), DRAIN_WITHIN);
    await local.stop();
    clearTimeout(cut);
  });

  const adapter = new TeamsAdapter(
    {
      botAppId: settings.bot.appId,
      botTenantId: settings.bot.tenantId,
      botPassword: settings.bot.credential.kind === "secret" ? settings.bot.credential.secret.reveal() : "",
      loginUrl: endpoints.login,
      openIdMetadataUrl: endpoints.botOpenIdMetadata,
      tokenIssuer: endpoints.botTokenIssuer,
    },
    call,
    (milliseconds) => pause(milliseconds),
  );
  const state = new ConversationState(createDialogStorage({ ephemeral: stores.ephemeral, clock }));
  const dialogDeps = { ...jobDeps, botAppId: settings.bot.appId, defenderAppId: settings.defenderApp.appId };
  const root = new RootDialog(
    {
      ...dialogDeps,
      goOnInPersonalChat: (turn, work) => goOnInPersonalChat({ ...dialogDeps, adapter, state }, turn, work),
    },
    state.createProperty("dialogs"),
  );
  const bot = new SocBot({
    ...dialogDeps,
    roster: createRoster({ call, clock }),
    root,
    state,
    clickPatienceMs: options.clickPatienceMs ?? CLICK_PATIENCE,
    late: (context) => lateReplies({ adapter, botAppId: settings.bot.appId }, context),
  });

  const needs = {
    store: () => stores.check(),
    botCredential: () => botTokens.appToken({ tenantId: settings.bot.tenantId, resource: "bot" }),
    defenderAlarm: () => standingAlarm(stores),
  };
  const server = createHttpServer({
    gate: createActivityGate(
      {
        botAppId: settings.bot.appId,
        openIdMetadataUrl: endpoints.botOpenIdMetadata,
        tokenIssuer: endpoints.botTokenIssuer,
        serviceOrigins: endpoints.teamsServiceOrigins,
        accountIds,
      },
      clock,
    ),
    once: createTurnOnce({ ephemeral: stores.ephemeral, clock }),
    turn: (authorization, activity) =>
      takeTurn({ adapter, log }, authorization, activity, (context: TurnContext) => bot.run(context)),
    ready: async () => {
      await needs.store();
      await needs.botCredential();
    },
    log,
  });
  registerConsentPages(server, { ...jobDeps, publicUrl: settings.publicUrl });
  registerDownloads(server, shared);
  const port = await listen(server, settings);
  stops.push(() => closeServer(server));
  const admin = await openAdminServer({ readiness: () => readiness(needs), metrics, log }, settings.admin);
  stops.push(() => admin.close());

  const onTick = async () => {
    try {
      await tick({ ...shared, queue });
      await tidyStore({ ...shared, retentionMs: settings.retentionDays * DAY });
    } catch (cause) {
      if (!(cause instanceof Breakdown)) throw cause;
      log.error("The store does not answer; nothing new is begun until it does.", { code: cause.code }, cause);
    }
  };
  if (options.ticking) stops.push(startTicking(onTick));
  return {
    port,
    adminPort: admin.port,
    tick: onTick,
    idle: () => local.idle(),
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}
