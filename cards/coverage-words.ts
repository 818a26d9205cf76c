import type { Instant } from "../services/domain/instant.ts";
import { countsHold, type TenantOverview } from "../services/domain/tenant-overview.ts";
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
    coverage: coverage === null ? "not proven yet" : provenWords(overview, coverage),
    openAlerts: known(overview, open),
    allAlerts: known(overview, total),
  };
}

function provenWords({ proven, link }: TenantOverview, coverage: Instant): string {
  return proven || link.state === "paused"
    ? `proven up to ${timeWords(coverage)}`
    : `proven up to ${timeWords(coverage)}, not since`;
}

function known(overview: TenantOverview, count: number): string {
  const coverage = overview.sync?.coverage ?? null;
  if (coverage === null) return "unknown";
  return countsHold(overview) ? String(count) : `unknown (${count} at ${timeWords(coverage)})`;
}
