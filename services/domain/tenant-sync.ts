import type { Instant } from "./instant.ts";

/** How far a tenant's alerts are read; written with the last page of a read, never before it (R2). */
export interface TenantSync {
  readonly accountId: string;
  readonly tenantId: string;
  /** Start of the last complete read; null before the first one. The next read goes back OVERLAP behind it. */
  readonly watermark: Instant | null;
  /** Up to when the tenant's alerts are proven read: the watermark less OVERLAP. */
  readonly coverage: Instant | null;
  readonly lastTriedAt: Instant | null;
  readonly nextSyncAt: Instant;
  /** When the next sweep over the last 24 hours is due. */
  readonly nextSweepAt: Instant;
  /** Reads that failed one after another; 0 in health. */
  readonly failures: number;
}
