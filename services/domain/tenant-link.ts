import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/** What holds for a linked tenant. "Waiting for consent" is a consent journey, not a link. */
export type TenantState =
  | "connected"
  | "permissionsMissing"
  | "consentRevoked"
  | "defenderNotAvailable"
  | "credentialFailing"
  | "notAnswering"
  | "paused";

/** Why a tenant is not simply connected: one sentence for people, the other side's own code for operators. */
export interface Trouble {
  readonly sentence: string;
  readonly detail: string | null;
  readonly since: Instant;
}

/** What the tenant's admin granted, by resource, as the roles of an app token say. */
export interface GrantedPermissions {
  readonly graph: readonly string[];
  readonly defender: readonly string[];
  readonly checkedAt: Instant;
}

/** The mapping organization <-> tenant: one tenant per organization, one organization per tenant, over all accounts. */
export interface TenantLink {
  readonly accountId: string;
  readonly organizationId: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly linkedAt: Instant;
  readonly linkedBy: Person;
  /** The conversation (1:1) in which it was connected: alerts go there until a channel is bound. */
  readonly linkedIn: string;
  readonly state: TenantState;
  readonly trouble: Trouble | null;
  readonly granted: GrantedPermissions;
}
