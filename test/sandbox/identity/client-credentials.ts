import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import type { AppRegistration } from "../world/app-registration.ts";
import type { ResourceName } from "../world/permissions.ts";
import { resources } from "../world/permissions.ts";
import type { IdentityContext } from "./identity-context.ts";
import { tokenError } from "./token-error.ts";
import { tokenLifetimeSeconds } from "./token-issuer.ts";

/** What a token for the Bot Connector is issued for. */
export const botAudience = "https://api.botframework.com";

/** grant_type=client_credentials: an app's own token in one tenant, for one API. */
export async function grantClientCredentials(
  context: IdentityContext,
  request: { app: AppRegistration; tenantId: string; scope: string },
): Promise<Answer> {
  const { world } = context;
  const { app, tenantId, scope } = request;
  const now = world.clock.now();
  if (!/^https:\/\/[^\s/]+\/\.default$/.test(scope)) {
    return tokenError(
      now,
      70011,
      `The provided request must include a 'scope' input parameter. The scope ${scope} is not valid.`,
    );
  }
  const audience = scope.slice(0, -"/.default".length);
  const notHere = `Application with identifier '${app.appId}' was not found in the directory '${tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`;
  if (app === world.botApp) {
    if (tenantId !== world.account.tenantId) return tokenError(now, 700016, notHere);
    if (audience !== botAudience) return tokenError(now, 500011, noPrincipal(audience, tenantId));
    return issue(context, { tenantId, appId: app.appId, audience, roles: [], generation: 1 });
  }
  const tenant = world.findTenant(tenantId);
  if (tenant === undefined || tenant.consentedAt === null) return tokenError(now, 700016, notHere);
  const resource = resourceOf(audience);
  if (resource === undefined || (resource === "defender" && !tenant.hasDefender)) {
    return tokenError(now, 500011, noPrincipal(audience, tenantId));
  }
  const roles = world.rolesNow(tenant, resource);
  return issue(context, { tenantId, appId: app.appId, audience, roles, generation: tenant.tokenGeneration });
}

function resourceOf(audience: string): ResourceName | undefined {
  if (audience === resources.graph.audience) return "graph";
  return audience === resources.defender.audience ? "defender" : undefined;
}

function noPrincipal(audience: string, tenantId: string): string {
  return `The resource principal named ${audience} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`;
}

async function issue(
  context: IdentityContext,
  claims: Parameters<IdentityContext["issuer"]["appToken"]>[0],
): Promise<Answer> {
  return jsonAnswer(200, {
    token_type: "Bearer",
    expires_in: tokenLifetimeSeconds,
    ext_expires_in: tokenLifetimeSeconds,
    access_token: await context.issuer.appToken(claims),
  });
}
