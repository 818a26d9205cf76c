import { decodeJwt } from "jose";
import { z } from "zod";
import { Breakdown } from "../domain/breakdown.ts";
import type { Clock } from "../ports/clock.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import { apiBreakdown } from "./api-breakdown.ts";
import type { AppTokens } from "./app-tokens.ts";
import { authorizedCall, namesMissingRoles } from "./authorized-call.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { discoverTenant } from "./openid-discovery.ts";

interface GraphTenantDirectoryDeps {
  readonly tokens: AppTokens;
  readonly http: MicrosoftHttp;
  readonly endpoints: CloudEndpoints;
  readonly clock: Clock;
}

const organizationSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean().nullish() })),
    }),
  ),
});

/** TenantDirectory on Graph, the token endpoint's roles, Defender's machine list and OpenID discovery. */
export function createGraphTenantDirectory(deps: GraphTenantDirectoryDeps): TenantDirectory {
  const { tokens, endpoints, clock } = deps;
  return {
    async describe(tenantId) {
      const url = `${endpoints.graph}/v1.0/organization`;
      const request = { service: "Microsoft Graph", method: "GET", url } as const;
      const answer = await authorizedCall(deps, { tenantId, resource: "graph", request });
      if (answer.status !== 200) throw apiBreakdown("Microsoft Graph", answer, clock.now());
      const parsed = organizationSchema.safeParse(answer.body);
      const organization = parsed.data?.value.find(({ id }) => id.toLowerCase() === tenantId.toLowerCase());
      const domains = organization?.verifiedDomains ?? [];
      const domain = domains.find(({ isDefault }) => isDefault === true) ?? domains[0];
      if (organization === undefined || domain === undefined) {
        throw new Breakdown("unreadable-answer", "Microsoft Graph did not describe the tenant.", { retryable: true });
      }
      return { tenantId, name: organization.displayName, domain: domain.name };
    },

    async grantedRoles(tenantId) {
      const graph = rolesIn(await tokens.appToken({ tenantId, resource: "graph", fresh: true }), tenantId);
      return { graph, defender: await defenderRoles(tokens, tenantId) };
    },

    async probeAlerts(tenantId) {
      const url = `${endpoints.graph}/v1.0/security/alerts_v2?$top=1`;
      const request = { service: "Microsoft Graph", method: "GET", url } as const;
      const answer = await authorizedCall(deps, { tenantId, resource: "graph", request });
      if (answer.status !== 200) throw apiBreakdown("Microsoft Graph", answer, clock.now());
    },

    /**
     * 200 and the documented 404 for an empty list are availability. A 403 that names missing roles says nothing about
     * Defender and throws permission-missing; any other 403, and a tenant without Defender's service principal, is a
     * tenant in which Defender for Endpoint does not answer.
     */
    async probeDefender(tenantId) {
      const url = `${endpoints.defender}/api/machines?$top=1`;
      const request = { service: "Defender for Endpoint", method: "GET", url } as const;
      try {
        const answer = await authorizedCall(deps, { tenantId, resource: "defender", request });
        if (answer.status === 200 || answer.status === 404) return "available";
        if (answer.status === 403 && !namesMissingRoles(answer.body)) return "notAvailable";
        throw apiBreakdown("Defender for Endpoint", answer, clock.now());
      } catch (error) {
        if (isBreakdown(error, "defender-not-available")) return "notAvailable";
        throw error;
      }
    },

    findByDomain: (domain) => discoverTenant(deps, domain),
  };
}

async function defenderRoles(tokens: AppTokens, tenantId: string): Promise<readonly string[]> {
  try {
    return rolesIn(await tokens.appToken({ tenantId, resource: "defender", fresh: true }), tenantId);
  } catch (error) {
    if (isBreakdown(error, "defender-not-available")) {
      // What the probe finds must not rest on a token from better days.
      tokens.dropToken({ tenantId, resource: "defender" });
      return [];
    }
    throw error;
  }
}

const claimsSchema = z.object({ tid: z.string(), roles: z.array(z.string()).default([]) });

/** The token came to us straight from Microsoft over TLS, so it is read, not verified; a token without roles is valid. */
function rolesIn(token: string, tenantId: string): readonly string[] {
  const claims = claimsSchema.safeParse(claimsOf(token));
  if (claims.data?.tid.toLowerCase() !== tenantId.toLowerCase()) {
    throw new Breakdown("unreadable-answer", "Microsoft sign-in gave a token that is not of this tenant.");
  }
  return claims.data.roles;
}

function claimsOf(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function isBreakdown(error: unknown, code: Breakdown["code"]): error is Breakdown {
  return error instanceof Breakdown && error.code === code;
}
