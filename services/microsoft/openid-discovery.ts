import { z } from "zod";
import { Breakdown } from "../domain/breakdown.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { JsonRequest } from "./json-exchange.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { tokenBreakdown, tokenError } from "./token-breakdown.ts";

/** The tenant of personal Microsoft accounts: nobody's customer. */
export const CONSUMER_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

const GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const DOMAIN = /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

interface Deps {
  readonly http: MicrosoftHttp;
  readonly endpoints: CloudEndpoints;
}

export function isGuid(text: string): boolean {
  return new RegExp(`^${GUID}$`, "i").test(text);
}

function discovery(endpoints: CloudEndpoints, tenant: string): JsonRequest {
  const url = `${endpoints.login}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
  return { service: "Microsoft sign-in", method: "GET", url };
}

/** The tenant that a verified domain belongs to; null for what is no domain, is nobody's, or is Microsoft's consumers'. */
export async function discoverTenant(deps: Deps, domain: string): Promise<string | null> {
  const wanted = domain.trim().toLowerCase();
  if (!DOMAIN.test(wanted)) return null;
  const answer = await deps.http.send(discovery(deps.endpoints, wanted));
  if (answer.status === 404) return null;
  if (answer.status !== 200) {
    const breakdown = tokenBreakdown(answer);
    if (breakdown.code === "tenant-unknown" || tokenError(answer.body).error === "invalid_tenant") return null;
    throw breakdown;
  }
  const issuer = discoverySchema.safeParse(answer.body).data?.issuer ?? "";
  const tenantId = new RegExp(`/(${GUID})/v2\\.0$`, "i").exec(issuer)?.[1]?.toLowerCase();
  if (tenantId === undefined) throw unreadable();
  return tenantId === CONSUMER_TENANT ? null : tenantId;
}

/** Where the keys of the tenant's tokens stand; only ever on the sign-in host itself. */
export async function discoverKeys(deps: Deps, tenantId: string): Promise<string> {
  const answer = await deps.http.send(discovery(deps.endpoints, tenantId));
  if (answer.status !== 200) throw tokenBreakdown(answer);
  const address = discoverySchema.safeParse(answer.body).data?.jwks_uri ?? "";
  if (URL.parse(address)?.origin !== new URL(deps.endpoints.login).origin) throw unreadable();
  return address;
}

function unreadable(): Breakdown {
  return new Breakdown("unreadable-answer", "Microsoft sign-in did not describe the tenant.", { retryable: true });
}
