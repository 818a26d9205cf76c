import type { Alert } from "./alert.ts";
import type { AutoResolveStatus } from "./auto-resolve.ts";
import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/** A person took the alert. `inDefender` is false where Defender refused the assignment and only we know of it. */
export interface Claim {
  readonly by: Person;
  readonly at: Instant;
  readonly inDefender: boolean;
}

/** Somebody opened the alert again; null name: in the Defender portal, by whom is not known. */
export interface Reopening {
  readonly by: string | null;
  readonly at: Instant;
}

/** Who resolved it: our policy, somebody through the card, or somebody elsewhere (the Defender portal). */
export interface Resolution {
  readonly by:
    | { readonly kind: "watchdesk" }
    | { readonly kind: "person"; readonly name: string }
    | { readonly kind: "elsewhere" };
  readonly at: Instant;
}

/** A person's order to resolve; `reference` marks the comment that it leaves in Defender. */
export interface ResolveRequest {
  readonly by: Person;
  readonly at: Instant;
  readonly reference: string;
}

/** Our copy of one alert and what we decided about it. Defender owns the alert's status; cards are views of this. */
export interface AlertRecord {
  readonly accountId: string;
  readonly tenantId: string;
  readonly alert: Alert;
  /** Found by the tenant's first read: stored and counted, not posted. */
  readonly baseline: boolean;
  /** Raised by one with every change that a card could show. */
  readonly revision: number;
  /** The revision up to which policy was decided and carried out. */
  readonly settledRevision: number;
  readonly firstSeenAt: Instant;
  /** When this copy was last read from (or written to) Defender. */
  readonly confirmedAt: Instant;
  /** When the alert is next to be settled; null at rest. */
  readonly nextSettleAt: Instant | null;
  /** When its cards are next to be brought up to date; null when they are. */
  readonly nextAnnounceAt: Instant | null;
  readonly autoResolve: AutoResolveStatus;
  readonly claim: Claim | null;
  readonly reopened: Reopening | null;
  readonly resolution: Resolution | null;
  /** Somebody asked for this alert to be resolved ("resolve all older alerts"); carried out by settling, then null. */
  readonly resolveRequest: ResolveRequest | null;
}
