import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/** How far the connection of one tenant has come; each shows on the consent card. */
export type ConsentState =
  | "waiting"
  | "opened"
  | "declined"
  | "wrongTenant"
  | "notAdmin"
  | "refused"
  | "awaitingConfirmation"
  | "granted"
  | "checking"
  | "connected"
  | "cancelled"
  | "expired"
  | "failed"
  /** Its tenant was taken off while the link was open. */
  | "removed";

/** States from which nothing follows any more. */
export const ENDED_CONSENT_STATES: ReadonlySet<ConsentState> = new Set([
  "connected",
  "cancelled",
  "expired",
  "failed",
  "removed",
]);

/** One redirect to Microsoft and back: its `state` is used once, by the browser that holds the cookie. */
export interface ConsentLeg {
  readonly kind: "signIn" | "consent";
  readonly stateHash: string;
  readonly cookieHash: string;
  /** For a sign-in: the nonce and the PKCE verifier; null for a consent leg. */
  readonly nonce: string | null;
  readonly codeVerifier: string | null;
  /** For a consent: the tenant that the sign-in proved; null for a sign-in leg. */
  readonly tenantId: string | null;
  readonly expiresAt: Instant;
}

/**
 * Whether the requester has to say yes to this tenant before it is linked: where no domain named it beforehand, and always
 * where it is the account's own, since nobody's customer is the team itself.
 */
export function mustBeConfirmed(journey: ConsentJourney, tenantId: string): boolean {
  if (journey.confirmedTenantId === tenantId) return false;
  return journey.expectedTenantId !== tenantId || isOwnTenant(journey, tenantId);
}

/** Whether it is the tenant of the account's own Teams. */
export function isOwnTenant(journey: Pick<ConsentJourney, "accountId">, tenantId: string): boolean {
  return journey.accountId.toLowerCase() === tenantId.toLowerCase();
}

/** The connection of one organization's tenant, from the link to the first proven sync; or the consent of a linked one, asked for again. */
export interface ConsentJourney {
  readonly accountId: string;
  readonly id: string;
  /** The tenant is linked already and is to consent once more (it is `expectedTenantId`); absent: it is to be linked. */
  readonly purpose?: "again";
  readonly organizationId: string;
  readonly organizationName: string;
  readonly requestedBy: Person;
  readonly conversationId: string;
  /** The consent card's message; null until it is posted. */
  readonly cardActivityId: string | null;
  /** SHA-256 of the link id that the consent link carries. */
  readonly linkHash: string;
  readonly expectedDomain: string | null;
  readonly expectedTenantId: string | null;
  /** The tenant that the requester said yes to in chat; null until then. */
  readonly confirmedTenantId: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly state: ConsentState;
  /** One plain sentence about the state, for card and page; null where the state says it all. */
  readonly explanation: string | null;
  readonly openedAt: Instant | null;
  readonly grantedAt: Instant | null;
  readonly tenant: { readonly id: string; readonly name: string; readonly domain: string } | null;
  readonly legs: readonly ConsentLeg[];
  /** When a job is next to look at it (granted: complete it; opened: say that no answer came); null at rest. */
  readonly dueAt: Instant | null;
}

/** Whether the journey asks a linked tenant to consent again: it links nothing, and ends with a look at what is granted. */
export function asksAgain(journey: Pick<ConsentJourney, "purpose">): boolean {
  return journey.purpose === "again";
}
