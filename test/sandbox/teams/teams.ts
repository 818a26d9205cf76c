import { type BotAnswer, createBotLine, type SignedActivity } from "./bot-line.ts";
import { createBotTokens, type TokenOverrides } from "./bot-tokens.ts";
import { answerConnector, type ConnectorCallRecord } from "./connector/connector.ts";
import { type HostOutcome, type HostRequest, startLoopbackHost } from "./loopback-host.ts";
import { createPlaygroundConnector } from "./playground-connector.ts";
import { createRateLimits, type RateBreach } from "./rate-limits.ts";
import { createSharedFiles } from "./shared-files.ts";
import { createTeamsFaults, type FaultPlan, type TeamsFault } from "./teams-faults.ts";
import { createTeamsState, type TeamsState } from "./teams-state.ts";
import type { Activity, Attachment, Conversation, Message, Person } from "./teams-types.ts";
import { createTeamsUsers, type TeamsUsers } from "./teams-users.ts";

const SERVICE_PATH = "/emea/";
const METADATA_PATH = "/v1/.well-known/openidconfiguration";
const KEYS_PATH = "/v1/.well-known/keys";

export interface TeamsOptions {
  clock: { now(): Date };
  verifyBotToken(authorization: string | undefined): Promise<boolean>;
  accountTenantId: string;
  botAppId: string;
  port?: number;
  /** For the demo: verified calls of the bot go on to the Agents Playground instead of this sandbox's own state. */
  forward?: { playgroundUrl: string };
}

export interface DemoSeats {
  /** Who sits before the Playground. */
  user: Person;
  /** Another admin, whose 1:1 chat stays in this sandbox's own state instead of going on to the Playground. */
  colleague: Person;
}

type StateMethods = "addPerson" | "addTeam" | "addChannel" | "addGroupChat" | "personalChat";

export interface TeamsSandbox extends Pick<TeamsState, StateMethods>, TeamsUsers {
  /** With a path and a trailing slash, as Teams' own. */
  serviceUrl: string;
  openIdMetadataUrl: string;
  tokenIssuer: string;
  /** `METHOD path` of every request that no endpoint answers; tests expect it to stay empty. */
  unknownRequests: string[];
  breaches: RateBreach[];
  calls: ConnectorCallRecord[];
  /** The bot's messaging endpoint, whole: `http://127.0.0.1:port/api/messages`. */
  connectBot(url: string): void;
  signActivity(activity: Activity, overrides?: TokenOverrides): Promise<SignedActivity>;
  post(rawBody: string | Buffer, headers: Record<string, string>): Promise<BotAnswer>;
  /** Puts a file where Teams keeps attached files; the attachment goes into a message's `files`. */
  shareFile(name: string, content: string | Buffer): Attachment;
  /** For the demo: says who has which seat. */
  seat(seats: DemoSeats): void;
  /** Null in tests, where everybody is played alike. */
  readonly seats: DemoSeats | null;
  /** What stands in the conversation by the bot, oldest first, a channel with its threads. */
  messages(conversation: Conversation | Person): Message[];
  /** The next `times` calls about the conversation (or any) fail in that way. */
  failNext(where: Conversation | "any", fault: TeamsFault, times?: number, on?: FaultPlan["on"]): void;
  clearFaults(): void;
  setRateLimits(enabled: boolean): void;
  /** Resolves once the condition holds (looked at after each request and now and then); fails after real seconds. */
  until(condition: () => boolean, what: string, seconds?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the Teams half of the sandbox on loopback: token keys, Bot Connector, and people who use the bot. */
export async function startTeams(options: TeamsOptions): Promise<TeamsSandbox> {
  const { clock, accountTenantId, botAppId } = options;
  const state = createTeamsState({ clock, accountTenantId });
  const tokens = await createBotTokens({ clock, botAppId });
  const faults = createTeamsFaults();
  const limits = createRateLimits(clock);
  const files = createSharedFiles();
  const calls: ConnectorCallRecord[] = [];
  const unknownRequests: string[] = [];
  const watchers = new Set<() => void>();
  let seats: DemoSeats | null = null;
  const isKeptHere = (conversation: Conversation) =>
    seats !== null && conversation === state.personalChat(seats.colleague);
  const playground =
    options.forward === undefined ? {} : { playground: createPlaygroundConnector(options.forward.playgroundUrl) };
  const { verifyBotToken } = options;
  const connector = { clock, verifyBotToken, accountTenantId, state, faults, limits, calls, isKeptHere, ...playground };

  async function handle(request: HostRequest): Promise<HostOutcome> {
    const outcome = await route(request);
    for (const watcher of watchers) setImmediate(watcher);
    return outcome;
  }

  async function route(request: HostRequest): Promise<HostOutcome> {
    if (request.method === "GET" && request.path === METADATA_PATH) {
      return { status: 200, body: tokens.metadata(`${host.url}${KEYS_PATH}`) };
    }
    if (request.method === "GET" && request.path === KEYS_PATH) return { status: 200, body: tokens.jwks };
    const file = request.method === "GET" ? files.answer(request.path) : undefined;
    if (file !== undefined) return file;
    if (request.path.startsWith(SERVICE_PATH)) {
      const outcome = await answerConnector(connector, request, request.path.slice(SERVICE_PATH.length));
      if (outcome !== undefined) return outcome;
    }
    unknownRequests.push(`${request.method} ${request.path}`);
    return {
      status: 501,
      body: { error: { code: "NotImplemented", message: "The sandbox does not know this route." } },
    };
  }

  const host = await startLoopbackHost(handle, options.port);
  const serviceUrl = `${host.url}${SERVICE_PATH}`;
  const line = createBotLine({ tokens, state });
  const users = createTeamsUsers({ clock, serviceUrl, botAppId, state, line });

  return {
    ...users,
    addPerson: state.addPerson,
    addTeam: state.addTeam,
    addChannel: state.addChannel,
    addGroupChat: state.addGroupChat,
    personalChat: state.personalChat,
    serviceUrl,
    openIdMetadataUrl: `${host.url}${METADATA_PATH}`,
    tokenIssuer: tokens.issuer,
    unknownRequests,
    breaches: limits.breaches,
    calls,
    connectBot: line.connect,
    signActivity: line.sign,
    post: line.post,
    shareFile: (name, content) => files.share(host.url, name, content),
    seat: (taken) => {
      seats = taken;
    },
    get seats() {
      return seats;
    },
    messages: (where) => {
      const conversation = "objectId" in where ? state.personalChat(where) : where;
      return state.messages.filter((message) => message.conversation === conversation && !message.deleted);
    },
    failNext: (where, fault, times = 1, on) => {
      const conversationId = where === "any" ? "any" : where.id;
      faults.add({ conversationId, fault, times, ...(on === undefined ? {} : { on }) });
    },
    clearFaults: faults.clear,
    setRateLimits: (enabled) => {
      limits.enabled = enabled;
    },
    until: (condition, what, seconds = 5) => waitUntil(watchers, condition, what, seconds),
    stop: host.stop,
  };
}

function waitUntil(watchers: Set<() => void>, condition: () => boolean, what: string, seconds: number): Promise<void> {
  if (condition()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new Error(`Not seen within ${seconds} s: ${what}`));
    }, seconds * 1000);
    const look = () => {
      if (!condition()) return;
      end();
      resolve();
    };
    const end = () => {
      watchers.delete(look);
      clearTimeout(timer);
      clearInterval(repeated);
    };
    const repeated = setInterval(look, 20);
    watchers.add(look);
  });
}
