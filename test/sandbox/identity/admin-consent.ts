import type { Answer } from "../answer.ts";
import { pageAnswer, redirectAnswer } from "../answer.ts";
import type { Route, SandboxRequest } from "../json-server.ts";
import type { CustomerTenant } from "../world/customer-tenant.ts";
import type { IdentityContext } from "./identity-context.ts";
import { consentPage, errorPage, needAdminPage, signInPage } from "./identity-pages.ts";

// `common` and `organizations` are left out on purpose: the product must ask for one tenant.
const path = /^\/(?!common\/|organizations\/)([^/]+)\/adminconsent$/;

/** The consent prompt of one tenant: sign in if need be, look at the list, Accept or Cancel. */
export function adminConsentRoutes(context: IdentityContext): Route[] {
  const handle = (request: SandboxRequest) => adminConsent(context, request);
  return [
    { method: "GET", path, handle },
    { method: "POST", path, handle },
  ];
}

function adminConsent(context: IdentityContext, request: SandboxRequest): Answer {
  const { world } = context;
  const query = request.url.searchParams;
  const clientId = query.get("client_id") ?? "";
  const redirectUri = query.get("redirect_uri") ?? "";
  const tenant = world.findTenant(request.parts[0] ?? "");
  if (tenant === undefined) return refuse("AADSTS90002", `Tenant '${request.parts[0]}' not found.`);
  if (clientId !== world.defenderApp.appId) {
    return refuse("AADSTS700016", `Application with identifier '${clientId}' was not found in the directory.`);
  }
  if (!world.defenderApp.redirectUris.has(redirectUri)) {
    return refuse("AADSTS50011", `The redirect URI '${redirectUri}' does not match those of the application.`);
  }
  const form = new URLSearchParams(request.method === "POST" ? request.body : "");
  const pick = form.get("user");
  if (pick !== null) return pickAccount(context, request, tenant, pick);

  const action = `${request.path}${request.url.search}`;
  const user = context.sessions.userOf(request);
  if (user === undefined || user.tenantId !== tenant.tenantId) {
    return pageAnswer(200, signInPage({ world, action, tenantId: tenant.tenantId }));
  }
  if (user.role === "user") return pageAnswer(403, needAdminPage({ world, action, user }));
  if (!tenant.hasDefender && world.defenderApp.permissions.some(({ resource }) => resource === "defender")) {
    return refuse(
      "AADSTS650052",
      `The app '${world.defenderApp.displayName}' is trying to access a service 'fc780465-2017-40d4-a0c5-307022471b92' (WindowsDefenderATP) that your organization '${tenant.displayName}' lacks a service principal for. Your organization has not subscribed to it or enabled it.`,
    );
  }
  const decision = form.get("decision");
  if (decision === "accept") {
    world.consent(tenant.tenantId);
    return back(redirectUri, query, { tenant: tenant.tenantId }, { admin_consent: "True" });
  }
  if (decision === "cancel") return cancelled(redirectUri, query);
  return pageAnswer(200, consentPage({ world, action, user, tenantName: tenant.displayName }));
}

function pickAccount(context: IdentityContext, request: SandboxRequest, tenant: CustomerTenant, pick: string): Answer {
  const { world } = context;
  const action = `${request.path}${request.url.search}`;
  if (pick === "cancel") return cancelled(request.url.searchParams.get("redirect_uri") ?? "", request.url.searchParams);
  const user = world.findUser(pick);
  if (user === undefined) return pageAnswer(200, signInPage({ world, action, tenantId: tenant.tenantId }));
  if (user.tenantId !== tenant.tenantId) {
    const text = `User account '${user.userPrincipalName}' does not exist in tenant '${tenant.displayName}' and cannot access the application.`;
    return pageAnswer(400, errorPage({ code: "AADSTS50020", text, again: action }));
  }
  return redirectAnswer(action, { "set-cookie": context.sessions.begin(user) });
}

function cancelled(redirectUri: string, query: URLSearchParams): Answer {
  const error = { error: "permission_denied", error_description: "The admin canceled the request" };
  return back(redirectUri, query, error, {});
}

function back(
  redirectUri: string,
  query: URLSearchParams,
  before: Record<string, string>,
  after: Record<string, string>,
): Answer {
  const target = new URL(redirectUri);
  const state = query.get("state");
  const all = { ...before, ...(state === null ? {} : { state }), ...after };
  for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value);
  return redirectAnswer(target.href);
}

function refuse(code: string, text: string): Answer {
  return pageAnswer(400, errorPage({ code, text }));
}
