import { jsonAnswer } from "../answer.ts";
import type { Route } from "../json-server.ts";
import type { IdentityContext } from "./identity-context.ts";
import { resolveTenant } from "./resolve-tenant.ts";

/** Where clients find the endpoints; `organizations` and `common` show the documented `{tenantid}` placeholder. */
export function openIdConfigurationRoute(context: IdentityContext): Route {
  return {
    method: "GET",
    path: /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/,
    handle: ({ parts: [tenant = ""] }) => {
      const resolved = resolveTenant(context.world, tenant);
      if (resolved.kind === "unknown") {
        const description = `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`;
        return jsonAnswer(400, { error: "invalid_tenant", error_description: description, error_codes: [90002] });
      }
      const id = resolved.kind === "any" ? "{tenantid}" : resolved.tenantId;
      const base = `${context.origin()}/${resolved.kind === "any" ? tenant : resolved.tenantId}`;
      return jsonAnswer(200, {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_modes_supported: ["query", "fragment", "form_post"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
        scopes_supported: ["openid", "profile", "email", "offline_access"],
        issuer: `${context.origin()}/${id}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        tenant_region_scope: null,
        cloud_instance_name: "microsoftonline.com",
      });
    },
  };
}

/** What msal-node asks when it does not know an authority's host. */
export function instanceDiscoveryRoute(context: IdentityContext): Route {
  return {
    method: "GET",
    path: "/common/discovery/instance",
    handle: () => {
      const host = new URL(context.origin()).host;
      return jsonAnswer(200, {
        tenant_discovery_endpoint: `${context.origin()}/common/v2.0/.well-known/openid-configuration`,
        "api-version": "1.1",
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      });
    },
  };
}

/** The public keys of every tenant, which is one key here. */
export function keysRoute(context: IdentityContext): Route {
  return {
    method: "GET",
    path: /^\/[^/]+\/discovery\/v2\.0\/keys$/,
    handle: () => jsonAnswer(200, { keys: [context.keys.publicJwk] }),
  };
}
