import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/**
 * What holds for a linked tenant. "Waiting for consent" is a consent journey, not a link. "credentialFailing" is never
 * stored: it is shown of every tenant while our own credential is refused (the credential alarm).
 */
export type TenantState =
  | "connected"
  | "permissionsMissing"
  | "consentRevoked"
  | "defenderNotAvailable"
  | "credentialFailing"
  | "notAnswering"
  | "paused";

/** Who can mend a trouble: an admin of the customer's tenant, whoever runs Watchdesk, or nobody, for it passes by itself. */
export type Mender = "customer" | "operator" | "nobody";

/** Why a tenant is not simply connected: one sentence for people, the other side's own code for operators. */
export interface Trouble {
  readonly sentence: string;
  readonly detail: string | null;
  readonly since: Instant;
  readonly mender: Mender;
}

/** The link in a state, with its trouble; one that goes on keeps the time of its beginning. */
export function inState(link: TenantLink, next: { state: TenantState; trouble: Trouble | null }): TenantLink {
  const since = link.state === next.state ? link.trouble?.since : undefined;
  const trouble = next.trouble === null || since === undefined ? next.trouble : { ...next.trouble, since };
  return { ...link, state: next.state, trouble };
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
  /** When its permissions are next to be checked. */
  readonly nextCheckAt: Instant;
}
