import type { Answer } from "../answer.ts";
import { pageAnswer, redirectAnswer } from "../answer.ts";
import type { Route, SandboxRequest } from "../json-server.ts";
import type { IdentityContext } from "./identity-context.ts";
import { errorPage, signInPage } from "./identity-pages.ts";
import { resolveTenant } from "./resolve-tenant.ts";

const path = /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/;
const allowedScopes = new Set(["openid", "profile", "offline_access", "email"]);

/** The sign-in page, and what picking an account on it does. */
export function authorizeRoutes(context: IdentityContext): Route[] {
  const handle = (request: SandboxRequest) => authorize(context, request);
  return [
    { method: "GET", path, handle },
    { method: "POST", path, handle },
  ];
}

function authorize(context: IdentityContext, request: SandboxRequest): Answer {
  const { world } = context;
  const query = request.url.searchParams;
  const tenant = resolveTenant(world, request.parts[0] ?? "");
  const clientId = query.get("client_id") ?? "";
  const redirectUri = query.get("redirect_uri") ?? "";
  const action = `${request.path}${request.url.search}`;
  if (tenant.kind === "unknown") return refuse("AADSTS90002", `Tenant '${request.parts[0]}' not found.`);
  if (clientId !== world.defenderApp.appId) {
    return refuse("AADSTS700016", `Application with identifier '${clientId}' was not found in the directory.`);
  }
  if (!world.defenderApp.redirectUris.has(redirectUri)) return refuse("AADSTS50011", mismatch(redirectUri, clientId));
  const wrong = wrongParameter(query);
  if (wrong !== undefined) return back(redirectUri, query, wrong.error, wrong.description);

  const only = tenant.kind === "tenant" ? tenant.tenantId : undefined;
  const domainHint = query.get("domain_hint") ?? undefined;
  const pick = request.method === "POST" ? (new URLSearchParams(request.body).get("user") ?? "") : "choose";
  if (pick === "cancel") {
    return back(redirectUri, query, "access_denied", "AADSTS65004: User declined to consent to access the app.");
  }
  const user = world.findUser(pick);
  if (user === undefined) {
    const hints = {
      ...(only === undefined ? {} : { tenantId: only }),
      ...(domainHint === undefined ? {} : { domainHint }),
    };
    return pageAnswer(200, signInPage({ world, action, ...hints }));
  }
  if (only !== undefined && user.tenantId !== only) {
    const text = `User account '${user.userPrincipalName}' does not exist in tenant '${only}' and cannot access the application.`;
    return pageAnswer(400, errorPage({ code: "AADSTS50020", text, again: action }));
  }
  const code = context.codes.issue({
    clientId,
    redirectUri,
    challenge: query.get("code_challenge") ?? "",
    nonce: query.get("nonce") ?? "",
    scope: query.get("scope") ?? "",
    user,
  });
  const target = new URL(redirectUri);
  target.searchParams.set("code", code);
  setState(target, query);
  target.searchParams.set("session_state", "00000000-0000-4000-8000-000000000001");
  return redirectAnswer(target.href, { "set-cookie": context.sessions.begin(user) });
}

function wrongParameter(query: URLSearchParams): { error: string; description: string } | undefined {
  const invalid = (description: string) => ({ error: "invalid_request", description });
  if (query.get("response_type") !== "code") {
    const description = "AADSTS700054: response_type is not enabled for the application.";
    return { error: "unsupported_response_type", description };
  }
  if ((query.get("response_mode") ?? "query") !== "query")
    return invalid("AADSTS70007: 'response_mode' must be query.");
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (!scopes.includes("openid") || scopes.some((scope) => !allowedScopes.has(scope))) {
    return { error: "invalid_scope", description: `AADSTS70011: The scope '${scopes.join(" ")}' is not valid.` };
  }
  if (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(query.get("code_challenge") ?? "")) {
    return invalid("AADSTS9002325: Proof Key for Code Exchange with S256 is required.");
  }
  if ((query.get("nonce") ?? "") === "") return invalid("AADSTS900144: The request must contain 'nonce'.");
  if ((query.get("prompt") ?? "select_account") !== "select_account") {
    return invalid("AADSTS90023: Unsupported 'prompt' value.");
  }
  return undefined;
}

function refuse(code: string, text: string): Answer {
  return pageAnswer(400, errorPage({ code, text }));
}

function mismatch(redirectUri: string, clientId: string): string {
  return `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`;
}

function back(redirectUri: string, query: URLSearchParams, error: string, description: string): Answer {
  const target = new URL(redirectUri);
  target.searchParams.set("error", error);
  target.searchParams.set("error_description", description);
  setState(target, query);
  return redirectAnswer(target.href);
}

function setState(target: URL, query: URLSearchParams): void {
  const state = query.get("state");
  if (state !== null) target.searchParams.set("state", state);
}
