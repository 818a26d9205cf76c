import type { Severity } from "./alert.ts";
import type { Instant } from "./instant.ts";
import type { Person } from "./person.ts";

/** The tombstone of a tenant that was taken off: it says to late clicks and callbacks who did it and when. Connecting the tenant again ends it. */
export interface RemovedTenant {
  readonly accountId: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly removedBy: Person;
  readonly removedAt: Instant;
}

/** The card of an alert whose tenant was removed, until it says so itself. It stands on its own: the alert is gone. */
export interface RetiredCard {
  readonly accountId: string;
  readonly tenantId: string;
  readonly conversationId: string;
  readonly activityId: string;
  readonly alertId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly removed: RemovedTenant;
  /** When it is next to be edited. */
  readonly dueAt: Instant;
}
