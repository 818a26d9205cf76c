import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { refuseAuthorization } from "./authorization.ts";
import { ContainerItems } from "./container-items.ts";
import { containerSettings } from "./container-settings.ts";
import type { CosmosCorrection } from "./corrections.ts";
import { type CosmosAnswer, refusal, refusedAnswer } from "./cosmos-answer.ts";
import { type CosmosFault, CosmosFaults } from "./cosmos-faults.ts";
import { createPackageAccount, type PackageAccount } from "./cosmos-package.ts";
import { answerItems, type OpenContainer, operationOf, partitionOf } from "./item-requests.ts";
import { missingOwner } from "./missing-owner.ts";
import { CosmosRequestLog } from "./request-log.ts";

export interface CosmosServer {
  /** `http://127.0.0.1:PORT`; the client takes http, and our adapter does for loopback. */
  readonly endpoint: string;
  /** The master key, base64. */
  readonly key: string;
  readonly requests: CosmosRequestLog;
  readonly faults: CosmosFaults;
  close(): Promise<void>;
}

export interface CosmosServerOptions {
  readonly port?: number;
  readonly now?: () => Date;
  /** Corrections that are left out, to show what the package does by itself. */
  readonly without?: readonly CosmosCorrection[];
}

/** The key of Microsoft's emulator, which everybody may know. */
const KEY = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
const ITEMS = /^\/dbs\/([^/]+)\/colls\/([^/]+)\/docs(?:\/([^/]+))?$/;

/**
 * Azure Cosmos DB for NoSQL as far as this product uses it, in this process: accounts, databases and containers of
 * @vercel/cosmosdb-server, items in a table of our own (container-items.ts), SQL by that package's engine, and a correction for
 * each thing in which the package is more lenient than Azure (corrections.ts).
 */
export async function startCosmosServer(options: CosmosServerOptions = {}): Promise<CosmosServer> {
  const now = options.now ?? (() => new Date());
  const corrected = (correction: CosmosCorrection) => !(options.without ?? []).includes(correction);
  const requests = new CosmosRequestLog();
  const faults = new CosmosFaults();
  const tables = new WeakMap<object, OpenContainer>();
  /** By the container's own name for itself, which outlives a new definition: its items do, too. */
  const itemsOf = new Map<string, ContainerItems>();
  const later: { account?: PackageAccount } = {};

  const containerOf = (account: PackageAccount, database: string, id: string): OpenContainer | undefined => {
    const stored = account.container(database, id);
    if (stored === undefined) return undefined;
    const known = tables.get(stored);
    if (known !== undefined) return known;
    const settings = containerSettings(stored);
    const items = itemsOf.get(settings.rid) ?? new ContainerItems(1);
    itemsOf.set(settings.rid, items);
    const opened = { settings, items, corrected, now };
    tables.set(stored, opened);
    return opened;
  };

  const itemsAnswer = async (request: Incoming, match: RegExpExecArray, response: ServerResponse) => {
    const [, database = "", id = "", item] = match;
    const operation = operationOf(request.method, item !== undefined, request.headers);
    const container = later.account === undefined ? undefined : containerOf(later.account, database, id);
    if (container === undefined) return refusedAnswer(missingOwner());
    if (operation === undefined) return refusedAnswer(refusal(405, "This is not simulated."));
    const asked = { operation, headers: request.headers, body: request.body };
    const carryOut = () =>
      answerItems(container, item === undefined ? asked : { ...asked, id: decodeURIComponent(item) });
    const answer = await underFault(faults.take(operation), carryOut, response);
    if (answer === null) return null;
    const planned = request.headers["x-ms-cosmos-is-query-plan-request"] !== undefined;
    const sql = operation === "query" ? { sql: String(JSON.parse(request.body).query) } : {};
    const { status, charge } = answer;
    if (!planned) requests.add({ operation, partition: partitionOf(request.headers), ...sql, charge, status });
    return answer;
  };

  const answerTo = async (request: Incoming, response: ServerResponse): Promise<CosmosAnswer | null> => {
    const unauthorized = corrected("authorization") ? refuseAuthorization(KEY, request) : undefined;
    if (unauthorized !== undefined) return refusedAnswer(unauthorized);
    const match = ITEMS.exec(request.path);
    if (match !== null) return await itemsAnswer(request, match, response);
    const reply = await later.account?.answer({ ...request, url: request.path });
    if (reply === undefined) return refusedAnswer(refusal(400, "This is not simulated."));
    const missing =
      reply.status === 404 && request.path.includes("/colls") && !isKnownDatabase(request.path, later.account);
    if (missing && corrected("missing-owner")) return refusedAnswer(missingOwner());
    return { status: reply.status, headers: reply.headers, body: JSON.stringify(reply.body), charge: 1 };
  };

  const server = createServer((message, response) => {
    void (async () => {
      const answer = await answerTo(await incoming(message), response).catch((cause: unknown) =>
        refusedAnswer(refusal(400, cause instanceof Error ? cause.message : String(cause))),
      );
      if (answer !== null) send(response, answer);
    })();
  });
  server.keepAliveTimeout = 30_000;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  later.account = createPackageAccount("127.0.0.1", port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    key: KEY,
    requests,
    faults,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

async function incoming(message: IncomingMessage): Promise<Incoming> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  // The client writes two slashes in some places.
  const path = new URL(message.url ?? "/", "http://cosmos").pathname.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  return { method: message.method ?? "GET", path, headers: message.headers, body: Buffer.concat(parts).toString() };
}

function isKnownDatabase(path: string, account: PackageAccount | undefined): boolean {
  return account?.database(decodeURIComponent(path.split("/")[2] ?? "")) !== undefined;
}

/** Null: the connection was broken instead of an answer. */
async function underFault(
  fault: CosmosFault | null,
  carryOut: () => CosmosAnswer,
  response: ServerResponse,
): Promise<CosmosAnswer | null> {
  if (fault === null) return carryOut();
  if (typeof fault === "object") {
    await pause(fault.slowMs);
    return carryOut();
  }
  if (fault === "resetBefore" || fault === "resetAfter") {
    if (fault === "resetAfter") carryOut();
    response.destroy();
    return null;
  }
  if (fault === "503After") {
    carryOut();
    return refusedAnswer(refusal(503, "The service is unavailable."));
  }
  const answer = refusedAnswer(refusal(Number(fault), "A planned fault."));
  const waits = fault === "429" || fault === "449";
  return waits ? { ...answer, headers: { ...answer.headers, "x-ms-retry-after-ms": "20" } } : answer;
}

function send(response: ServerResponse, { status, headers, body, charge }: CosmosAnswer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "x-ms-activity-id": randomUUID(),
    "x-ms-request-charge": String(charge),
    "x-ms-session-token": "0:0#1",
    ...headers,
  });
  response.end(body);
}
