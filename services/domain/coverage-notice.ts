import type { Instant } from "./instant.ts";
import type { TenantState, Trouble } from "./tenant-link.ts";
import type { ToldOutage } from "./tenant-sync.ts";

/** A tenant that the admins are told of. */
export interface NoticedTenant {
  readonly organizationName: string;
  readonly tenantName: string;
  readonly state: TenantState;
  readonly trouble: Trouble | null;
  /** Up to when its alerts are proven read; null: never yet. */
  readonly coverage: Instant | null;
  readonly linkedAt: Instant;
}

/** What one notice tells of all the tenants it is about. */
export interface CoverageNotice {
  readonly about: ToldOutage["about"] | "over";
  readonly tenants: readonly NoticedTenant[];
}
