import { type Answer, jsonAnswer } from "../answer.ts";
import type { SandboxClock } from "../clock.ts";
import { createThrottle } from "../graph/throttle.ts";
import { type JsonServer, type SandboxRequest, startJsonServer } from "../json-server.ts";

export interface HuntressOrganization {
  id: number;
  name: string;
}

export interface HuntressServer extends JsonServer {
  /** What the account has; tests change it. */
  organizations: HuntressOrganization[];
  readonly key: string;
  readonly secret: string;
  /** "?query" of each authorized request, oldest first. */
  requests: string[];
  /** Answers the next request so. */
  failNext(answer: Answer): void;
}

export interface HuntressOptions {
  clock: SandboxClock;
  organizations?: HuntressOrganization[];
  /** Requests in any minute. Default 60. */
  limitPerMinute?: number;
  /** Pages are joined by number, or by token as the newer API does. */
  paging?: "number" | "token";
  /** The most on a page, whatever is asked for. Default 500. */
  largestPage?: number;
}

const KEY = "hk_canary_huntress_key";
const SECRET = "hs_canary_huntress_secret";

/** The part of the Huntress API that lists organizations: Basic credentials, pages, 60 requests a minute. Strict: an unknown parameter is a 400. */
export async function startHuntressServer(options: HuntressOptions): Promise<HuntressServer> {
  const { clock, limitPerMinute = 60 } = options;
  const throttle = createThrottle({ clock, limit: limitPerMinute, windowMs: 60_000 });
  const failures: Answer[] = [];
  const expected = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString("base64")}`;
  const requests: string[] = [];

  function list(request: SandboxRequest): Answer {
    if (request.headers.authorization !== expected) {
      return jsonAnswer(401, { error: { code: 401, message: "Invalid API credentials" } });
    }
    requests.push(request.url.search);
    const failure = failures.shift();
    if (failure !== undefined) return failure;
    const wait = throttle.take("account");
    if (wait !== undefined) {
      const error = { code: 429, message: "Rate limit exceeded" };
      return jsonAnswer(429, { error }, { "retry-after": String(wait) });
    }
    return pageAnswer(server.organizations, request.url.searchParams, options);
  }

  const server: HuntressServer = {
    ...(await startJsonServer({ routes: [{ method: "GET", path: "/v1/organizations", handle: list }] })),
    organizations: options.organizations ?? [],
    key: KEY,
    secret: SECRET,
    requests,
    failNext: (answer) => {
      failures.push(answer);
    },
  };
  return server;
}

function pageAnswer(all: HuntressOrganization[], query: URLSearchParams, options: HuntressOptions): Answer {
  const { paging = "number", largestPage = 500 } = options;
  for (const name of query.keys()) {
    const once = query.getAll(name).length === 1;
    if (!["page", "limit", "page_token"].includes(name) || !once) return badRequest(`Unknown parameter: ${name}`);
  }
  const asked = Number(query.get("limit") ?? "10");
  if (!Number.isInteger(asked) || asked < 1 || asked > 500) return badRequest("limit must be from 1 to 500");
  const limit = Math.min(asked, largestPage);
  const page = paging === "token" ? tokenPage(query) : Number(query.get("page") ?? "1");
  if (!Number.isInteger(page) || page < 1) return badRequest("Unknown page");
  const shown = all.slice((page - 1) * limit, page * limit);
  const more = page * limit < all.length;
  const pagination =
    paging === "token"
      ? more
        ? { next_page_token: tokenOf(page + 1), next_page_url: "https://api.huntress.io/v1/organizations" }
        : {}
      : {
          current_page: page,
          current_page_count: shown.length,
          limit,
          total_count: all.length,
          ...(more ? { next_page: page + 1 } : {}),
        };
  return jsonAnswer(200, { organizations: shown.map(present), pagination });
}

function tokenPage(query: URLSearchParams): number {
  const token = query.get("page_token");
  if (token === null) return 1;
  return Number(Buffer.from(token, "base64url").toString("utf8").replace("page ", ""));
}

function tokenOf(page: number): string {
  return Buffer.from(`page ${page}`).toString("base64url");
}

function present({ id, name }: HuntressOrganization) {
  const key = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const times = { created_at: "2026-01-15T14:22:00Z", updated_at: "2026-06-01T09:00:00Z" };
  return { id, name, key, account_id: 440, agents_count: 12, notify_emails: [], ...times };
}

function badRequest(message: string): Answer {
  return jsonAnswer(400, { error: { code: 400, message } });
}
