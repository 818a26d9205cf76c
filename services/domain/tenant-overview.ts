import type { TenantLink } from "./tenant-link.ts";
import type { TenantSync } from "./tenant-sync.ts";

/** Alert counts of one tenant, as far as they are proven by its coverage. */
export interface AlertCounts {
  readonly open: number;
  /** Open alerts found by the first read: never auto-resolved by themselves. */
  readonly olderOpen: number;
  readonly total: number;
}

/**
 * Whether a tenant's counts hold, zero included: it is proven read, and its state keeps nobody from reading it. Without some
 * permissions a tenant is read all the same; without the one for reading its reads fail.
 */
export function countsHold({ link, sync, proven }: Pick<TenantOverview, "link" | "sync" | "proven">): boolean {
  const isRead = link.state === "connected" || (link.state === "permissionsMissing" && sync?.failures === 0);
  return isRead && proven;
}

/** A tenant as the console shows it. */
export interface TenantOverview {
  readonly link: TenantLink;
  readonly organizationName: string;
  readonly sync: TenantSync | null;
  /** Read completely within the last two intervals: its counts hold. */
  readonly proven: boolean;
  readonly counts: AlertCounts;
}
