import type { TenantLink } from "./tenant-link.ts";
import type { TenantSync } from "./tenant-sync.ts";

/** Alert counts of one tenant, as far as they are proven by its coverage. */
export interface AlertCounts {
  readonly open: number;
  /** Open alerts found by the first read: never auto-resolved by themselves. */
  readonly olderOpen: number;
  readonly total: number;
}

/** A tenant as the console shows it. */
export interface TenantOverview {
  readonly link: TenantLink;
  readonly organizationName: string;
  readonly sync: TenantSync | null;
  readonly counts: AlertCounts;
}
