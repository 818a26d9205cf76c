import type { SandboxClock } from "./clock.ts";
import { realClock } from "./clock.ts";
import { startControlPage } from "./control-page.ts";
import { startDefenderServer } from "./defender/defender-server.ts";
import { startGraphServer } from "./graph/graph-server.ts";
import { startIdentityServer } from "./identity/identity-server.ts";
import type { SandboxKeys } from "./identity/keys.ts";
import type { TeamsOptions, TeamsSandbox } from "./teams/teams.ts";
import { startTeams } from "./teams/teams.ts";
import type { Permission } from "./world/permissions.ts";
import { World } from "./world.ts";

export interface SandboxOptions {
  /** Default: the world's, else the machine's own clock. */
  clock?: SandboxClock;
  /** The bot's address, if it is known already; else registerRedirects later. */
  publicUrl?: string;
  botAppId?: string;
  ports?: { identity?: number; graph?: number; defender?: number; teams?: number; control?: number };
  world?: World;
  /** What the Defender app asks for. Default: all 27. */
  permissions?: Permission[];
  /** Seconds after consent in which tokens carry no roles yet. */
  rolesLagSeconds?: number;
  /** Identity keys to share between the sandboxes of one test file. Default: fresh ones. */
  keys?: SandboxKeys;
  graph?: { pageSize?: number; limitPerMinute?: number };
  /** For the demo: the bot's verified Teams calls go on to the Playground. */
  forward?: NonNullable<TeamsOptions["forward"]>;
}

export interface Sandbox {
  world: World;
  loginUrl: string;
  graphUrl: string;
  defenderUrl: string;
  controlUrl: string;
  teams: TeamsSandbox;
  /** The environment that starts the bot against this sandbox. */
  settings(): Record<string, string>;
  /** Registers the bot's two redirect URIs; earlier ones are dropped. */
  registerRedirects(publicUrl: string): void;
  /** "api METHOD /path" of every request that nothing simulates; tests expect it to stay empty. */
  readonly unknownRequests: string[];
  /** Ends all servers at once, open connections included. */
  close(): Promise<void>;
}

/** Starts the whole simulated world on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { ports = {} } = options;
  const world =
    options.world ?? new World({ clock: options.clock ?? realClock, ...given({ botAppId: options.botAppId }) });
  if (options.permissions !== undefined) world.defenderApp.permissions = [...options.permissions];
  if (options.rolesLagSeconds !== undefined) world.rolesLagSeconds = options.rolesLagSeconds;
  const identity = await startIdentityServer({ world, ...given({ port: ports.identity, keys: options.keys }) });
  const { verifier } = identity;
  const graph = await startGraphServer({ world, verifier, ...options.graph, ...given({ port: ports.graph }) });
  const defender = await startDefenderServer({ world, verifier, ...given({ port: ports.defender }) });
  const teams = await startTeams({
    clock: world.clock,
    verifyBotToken: identity.verifyBotToken,
    accountTenantId: world.account.tenantId,
    botAppId: world.botApp.appId,
    ...given({ port: ports.teams, forward: options.forward }),
  });
  const control = await startControlPage({ world, teams, ...given({ port: ports.control }) });
  let publicUrl = "";

  function registerRedirects(url: string): void {
    publicUrl = url.replace(/\/$/, "");
    const uris = [`${publicUrl}/consent/signed-in`, `${publicUrl}/consent/callback`];
    world.defenderApp.redirectUris = new Set(uris);
  }
  if (options.publicUrl !== undefined) registerRedirects(options.publicUrl);

  return {
    world,
    loginUrl: identity.url,
    graphUrl: graph.url,
    defenderUrl: defender.url,
    controlUrl: control.url,
    teams,
    registerRedirects,
    settings() {
      const nextYear = new Date(world.clock.now().getTime() + 365 * 86_400_000).toISOString().slice(0, 10);
      return {
        ...(publicUrl === "" ? {} : { PUBLIC_URL: publicUrl }),
        LOGIN_URL: identity.url,
        GRAPH_URL: graph.url,
        DEFENDER_URL: defender.url,
        BOT_OPENID_METADATA_URL: teams.openIdMetadataUrl,
        BOT_TOKEN_ISSUER: teams.tokenIssuer,
        TEAMS_SERVICE_URLS: teams.serviceUrl,
        BOT_APP_ID: world.botApp.appId,
        BOT_APP_PASSWORD: world.botApp.secrets[0]?.value ?? "",
        BOT_APP_PASSWORD_EXPIRES: nextYear,
        BOT_TENANT_ID: world.account.tenantId,
        DEFENDER_APP_ID: world.defenderApp.appId,
        DEFENDER_APP_SECRET: world.defenderApp.secrets[0]?.value ?? "",
        DEFENDER_APP_SECRET_EXPIRES: nextYear,
        ACCOUNTS: `${world.account.tenantId}=${world.account.displayName}`,
        ACCOUNT_ADMINS: world.people[0]?.objectId ?? "",
      };
    },
    get unknownRequests() {
      const of = (api: string, list: string[]) => list.map((line) => `${api} ${line}`);
      return [
        ...of("identity", identity.unknownRequests),
        ...of("graph", graph.unknownRequests),
        ...of("defender", defender.unknownRequests),
        ...of("control", control.unknownRequests),
        ...of("teams", teams.unknownRequests),
      ];
    },
    async close() {
      await Promise.all([teams.stop(), control.close(), defender.close(), graph.close(), identity.close()]);
    },
  };
}

/** Leaves out what is undefined, since optional properties may not hold it. */
function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
