import type { Instant } from "./instant.ts";

/** An outage that the admins were told of and that is not over yet. */
export interface ToldOutage {
  readonly toldAt: Instant;
  /** What was told: a state that somebody has to mend, or that the tenant is not proven read. */
  readonly about: "state" | "coverage";
  /** It came within an hour of the end of another: over only once the tenant has been proven for an hour without a gap. */
  readonly flapping: boolean;
  /** Since when complete reads have followed one another without a gap; null while none came. */
  readonly provenSince: Instant | null;
}

/** What the admins know of a tenant's coverage, and when it is looked at next. */
export interface CoverageWatch {
  /** When to look whether there is something to tell; null: not before the next complete read. */
  readonly lookAt: Instant | null;
  readonly outage: ToldOutage | null;
  /** When the admins were last told that an outage is over. */
  readonly overAt: Instant | null;
}

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
  /** Absent: nothing was told, and it is watched from the next read on. */
  readonly watch?: CoverageWatch;
}
