export interface TenantDescription {
  readonly tenantId: string;
  readonly name: string;
  /** The default verified domain. */
  readonly domain: string;
}

/** What a customer's tenant says about itself and about what it granted us. Throws Breakdown as AlertSource does. */
export interface TenantDirectory {
  /** Name and default domain, by Graph `GET /organization` (needs Organization.Read.All). */
  describe(tenantId: string): Promise<TenantDescription>;
  /** The app roles in freshly acquired tokens of both resources; the token cache is skipped and replaced. A resource the tenant lacks gives []. */
  grantedRoles(tenantId: string): Promise<{ graph: readonly string[]; defender: readonly string[] }>;
  /** Tries to read one alert (`GET /security/alerts_v2?$top=1`); throws where the tenant does not let us. */
  probeAlerts(tenantId: string): Promise<void>;
  /** Whether Defender for Endpoint answers for this tenant (`GET /api/machines?$top=1`; no device yet counts as available). */
  probeDefender(tenantId: string): Promise<"available" | "notAvailable">;
  /** The tenant that a verified domain belongs to, by OpenID discovery; null when there is none. */
  findByDomain(domain: string): Promise<string | null>;
}
