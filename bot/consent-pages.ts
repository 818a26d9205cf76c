import type { Request, Response, Server } from "restify";
import { z } from "zod";
import { Breakdown } from "../services/domain/breakdown.ts";
import { HOUR, SECOND } from "../services/domain/instant.ts";
import type { Log } from "../services/ports/log.ts";
import { type CompleteConsentDeps, consentAnswered } from "../services/tenants/complete-consent.ts";
import { type StartSignInDeps, showLink, startSignIn } from "../services/tenants/follow-consent-link.ts";
import { type ProveTenantDeps, signedIn } from "../services/tenants/prove-tenant.ts";
import { type ConsentPage, PAGE_HEADERS, renderPage } from "./consent-page-html.ts";
import { badRequestPage, brokenPage, consentAnsweredPage, linkPage, signedInPage } from "./consent-page-views.ts";

export type ConsentPagesDeps = StartSignInDeps &
  ProveTenantDeps &
  CompleteConsentDeps & {
    /** The address under which browsers reach the bot. */
    readonly publicUrl: string;
    readonly log: Log;
  };

/** Where a redirect leads, with the cookie that ties it to this browser. */
interface Redirect {
  readonly redirect: string;
  readonly cookie: string;
}

const QUERY_LIMIT = 16 * 1024;
const COOKIE_SECONDS = HOUR / SECOND;

const secret = z.string().regex(/^[A-Za-z0-9_-]{20,128}$/);
/** A parameter that may stand in the query once. */
const once = (text: z.ZodType<string>) =>
  z
    .array(text)
    .max(1)
    .transform((found) => found[0] ?? null);
const needed = (text: z.ZodType<string>) => z.tuple([text]).transform(([found]) => found);

const startQuery = z.object({ link: needed(secret), go: once(z.literal("1")) });
const signedInQuery = z.object({
  state: needed(secret),
  code: once(z.string().min(1).max(8_192)),
  error: once(z.string().min(1).max(200)),
  error_description: once(z.string().max(4_000)),
});
const callbackQuery = z.object({
  state: needed(secret),
  tenant: once(z.string().max(100)),
  admin_consent: once(z.string().max(10)),
  error: once(z.string().min(1).max(200)),
  error_description: once(z.string().max(4_000)),
});

/** Adds the consent journey's pages: GET (and for the first one HEAD) under /consent/. */
export function registerConsentPages(server: Server, deps: ConsentPagesDeps): void {
  const route = (handle: (deps: ConsentPagesDeps, request: Request) => Promise<ConsentPage | Redirect>) => {
    return async (request: Request, response: Response) => {
      try {
        answer(deps, response, await handle(deps, request));
      } catch (cause) {
        answer(deps, response, broken(deps, cause));
      }
    };
  };
  server.get("/consent/start", route(start));
  server.head("/consent/start", route(start));
  server.get("/consent/signed-in", route(comeFromSignIn));
  server.get("/consent/callback", route(comeFromConsent));
}

async function start(deps: ConsentPagesDeps, request: Request): Promise<ConsentPage | Redirect> {
  const query = readQuery(request, startQuery);
  if (query === null) return badRequestPage();
  const goUrl = `${deps.publicUrl.replace(/\/+$/, "")}/consent/start?link=${query.link}&go=1`;
  if (query.go === null || !isClickHere(request)) return linkPage(await showLink(deps, { linkId: query.link }), goUrl);
  const outcome = await startSignIn(deps, { linkId: query.link, cookie: cookieOf(deps, request) });
  return outcome.kind === "redirect" ? outcome : linkPage(outcome, goUrl);
}

async function comeFromSignIn(deps: ConsentPagesDeps, request: Request): Promise<ConsentPage> {
  const query = readQuery(request, signedInQuery);
  if (query === null) return badRequestPage();
  const { state, code, error } = query;
  const reply = error !== null ? { error, errorDescription: query.error_description } : code !== null ? { code } : null;
  if (reply === null) return badRequestPage();
  return signedInPage(await signedIn(deps, { state, cookie: cookieOf(deps, request), answer: reply }));
}

async function comeFromConsent(deps: ConsentPagesDeps, request: Request): Promise<ConsentPage> {
  const query = readQuery(request, callbackQuery);
  if (query === null) return badRequestPage();
  const outcome = await consentAnswered(deps, {
    state: query.state,
    cookie: cookieOf(deps, request),
    tenant: query.tenant,
    adminConsent: query.admin_consent,
    error: query.error,
    errorDescription: query.error_description,
  });
  return consentAnsweredPage(outcome);
}

/** Whether somebody clicked on our own page: not a look ahead, not a scanner's HEAD, not a link on another site that skips the page. */
function isClickHere(request: Request): boolean {
  if (request.method !== "GET") return false;
  const ahead = [request.headers["sec-purpose"], request.headers.purpose, request.headers["x-moz"]];
  if (ahead.some((value) => String(value ?? "").includes("prefetch"))) return false;
  const from = request.headers["sec-fetch-site"];
  return from === undefined || from === "same-origin";
}

function readQuery<Query extends z.ZodObject>(request: Request, query: Query): z.infer<Query> | null {
  const text = request.getQuery();
  if (text.length > QUERY_LIMIT) return null;
  const params = new URLSearchParams(text);
  const found = Object.fromEntries(Object.keys(query.shape).map((name) => [name, params.getAll(name)]));
  const read = query.safeParse(found);
  return read.success ? read.data : null;
}

function isSecure(deps: ConsentPagesDeps): boolean {
  return deps.publicUrl.startsWith("https:");
}

function cookieName(deps: ConsentPagesDeps): string {
  // A browser takes __Host- over https only; on loopback there is none.
  return isSecure(deps) ? "__Host-watchdesk-consent" : "watchdesk-consent";
}

function cookieOf(deps: ConsentPagesDeps, request: Request): string | null {
  const prefix = `${cookieName(deps)}=`;
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
  return secret.safeParse(found).success ? (found ?? null) : null;
}

function broken(deps: ConsentPagesDeps, cause: unknown): ConsentPage {
  const reference = deps.randomness.id().slice(0, 13);
  if (cause instanceof Breakdown) {
    deps.log.warn(
      "A consent page could not be answered.",
      { reference, code: cause.code, detail: cause.detail },
      cause,
    );
    return brokenPage(503, reference);
  }
  deps.log.error("A consent page failed.", { reference }, cause);
  return brokenPage(500, reference);
}

function answer(deps: ConsentPagesDeps, response: Response, what: ConsentPage | Redirect): void {
  if ("redirect" in what) {
    const secure = isSecure(deps) ? "; Secure" : "";
    const cookie = `${cookieName(deps)}=${what.cookie}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
    const { "Cache-Control": cache = "no-store", "Referrer-Policy": referrer = "no-referrer" } = PAGE_HEADERS;
    response.writeHead(302, {
      Location: what.redirect,
      "Set-Cookie": cookie,
      "Cache-Control": cache,
      "Referrer-Policy": referrer,
    });
    response.end();
    return;
  }
  response.writeHead(what.status, { ...PAGE_HEADERS });
  response.end(renderPage(what));
}
