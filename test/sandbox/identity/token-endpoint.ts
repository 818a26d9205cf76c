import type { Answer } from "../answer.ts";
import type { Route, SandboxRequest } from "../json-server.ts";
import { underFaults } from "../world/faults.ts";
import { authenticateClient } from "./authenticate-client.ts";
import { grantAuthorizationCode } from "./authorization-code.ts";
import { grantClientCredentials } from "./client-credentials.ts";
import type { IdentityContext } from "./identity-context.ts";
import { resolveTenant } from "./resolve-tenant.ts";
import { tokenError } from "./token-error.ts";

/** POST /{tenant}/oauth2/v2.0/token, under the identity faults of its tenant. Secrets are not recorded. */
export function tokenRoute(context: IdentityContext): Route {
  return {
    method: "POST",
    path: /^\/([^/]+)\/oauth2\/v2\.0\/token$/,
    handle: (request) => {
      const { world } = context;
      const segment = request.parts[0] ?? "";
      const resolved = resolveTenant(world, segment);
      const tenantId = resolved.kind === "tenant" ? resolved.tenantId : segment;
      const form = new URLSearchParams(request.body);
      const kept = new URLSearchParams();
      for (const name of ["grant_type", "client_id", "scope"]) kept.set(name, form.get(name) ?? "");
      world.requests.add({
        at: world.clock.now().toISOString(),
        api: "identity",
        method: "POST",
        path: request.path,
        tenantId,
        body: kept.toString(),
      });
      const target = { api: "identity", tenantId, method: "POST", path: request.path } as const;
      return underFaults(world.faults, target, () => answerToken(context, request, form));
    },
  };
}

async function answerToken(context: IdentityContext, request: SandboxRequest, form: URLSearchParams): Promise<Answer> {
  const { world } = context;
  const now = world.clock.now();
  const segment = request.parts[0] ?? "";
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) {
    return tokenError(now, 900144, "The request body must contain the following parameter: 'grant_type'.");
  }
  const tenant = resolveTenant(world, segment);
  if (tenant.kind === "unknown") {
    const text = `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
    return tokenError(now, 90002, text);
  }
  const client = await authenticateClient(context, form, segment);
  if (client.kind === "refused") return tokenError(now, client.code, client.text);
  const { app } = client;
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") return grantAuthorizationCode(context, { app, tenant, form });
  if (grantType !== "client_credentials") {
    return tokenError(now, 70003, `The app requested an unsupported grant type '${grantType}'.`);
  }
  if (tenant.kind === "any")
    return tokenError(now, 90002, `Tenant '${segment}' cannot be used for an app's own token.`);
  return grantClientCredentials(context, { app, tenantId: tenant.tenantId, scope: form.get("scope") ?? "" });
}
