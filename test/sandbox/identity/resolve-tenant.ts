import type { World } from "../world.ts";

export type ResolvedTenant = { kind: "tenant"; tenantId: string } | { kind: "any" } | { kind: "unknown" };

/** What the first segment of an identity path means: a tenant id or domain, or `organizations` and `common`. */
export function resolveTenant(world: World, segment: string): ResolvedTenant {
  const wanted = segment.toLowerCase();
  if (wanted === "organizations" || wanted === "common") return { kind: "any" };
  if (wanted === world.account.tenantId || wanted === world.account.domain) {
    return { kind: "tenant", tenantId: world.account.tenantId };
  }
  const tenant = world.findTenant(wanted);
  return tenant === undefined ? { kind: "unknown" } : { kind: "tenant", tenantId: tenant.tenantId };
}
