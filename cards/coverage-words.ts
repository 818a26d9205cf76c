import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import { timeWords } from "./time-words.ts";

/** What is known of a tenant's reads. Zero is written only where it is proven; unknown is its own state. */
export interface CoverageWords {
  readonly lastSynced: string;
  readonly coverage: string;
  readonly openAlerts: string;
  readonly allAlerts: string;
}

/** Writes out last sync, coverage and counts of a tenant. */
export function coverageWords(overview: TenantOverview): CoverageWords {
  const watermark = overview.sync?.watermark ?? null;
  const coverage = overview.sync?.coverage ?? null;
  const { open, total } = overview.counts;
  return {
    lastSynced: watermark === null ? "never" : timeWords(watermark),
    coverage: coverage === null ? "not proven yet" : `proven up to ${timeWords(coverage)}`,
    openAlerts: known(overview, open),
    allAlerts: known(overview, total),
  };
}

function known(overview: TenantOverview, count: number): string {
  const coverage = overview.sync?.coverage ?? null;
  if (coverage === null) return "unknown";
  const { state } = overview.link;
  // Without some permissions a tenant is read all the same; without the one for reading its reads fail.
  const isRead = state === "connected" || (state === "permissionsMissing" && overview.sync?.failures === 0);
  if (isRead) return String(count);
  return `unknown (${count} at ${timeWords(coverage)})`;
}
