import { watchAfterCompleteRead, watchAfterFailedRead } from "../domain/coverage-watch.ts";
import { DAY, earlier, HOUR, type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { TenantSync } from "../domain/tenant-sync.ts";

/** Graph shows some alerts late: each read goes this far back behind the watermark, and coverage ends this much before it. */
const OVERLAP = 10 * MINUTE;
/** The hourly sweep finds what came even later. */
const SWEEP_EVERY = HOUR;
const SWEEP_BACK = DAY;
/** How far back the first read of a tenant looks for open alerts. */
const FIRST_READ_BACK = 30 * DAY;

/** What the next read of a tenant asks for. */
export interface ReadWindow {
  readonly kind: "first" | "regular" | "sweep";
  readonly changedSince: Instant;
  /** The first read takes open alerts only. */
  readonly openOnly: boolean;
}

/** The window of a read that starts now: 30 days of open alerts at first, then from the watermark less OVERLAP, hourly a day back. */
export function readWindow(sync: TenantSync, now: Instant): ReadWindow {
  if (sync.watermark === null) return { kind: "first", changedSince: shift(now, -FIRST_READ_BACK), openOnly: true };
  const regular = shift(sync.watermark, -OVERLAP);
  if (sync.nextSweepAt > now) return { kind: "regular", changedSince: regular, openOnly: false };
  const sweep = shift(now, -SWEEP_BACK);
  return { kind: "sweep", changedSince: earlier(sweep, regular), openOnly: false };
}

/** The sync state after a complete read that started at `startedAt`. */
export function afterCompleteRead(
  sync: TenantSync,
  input: { window: ReadWindow; startedAt: Instant; intervalMs: number },
): TenantSync {
  return {
    ...sync,
    watermark: input.startedAt,
    coverage: shift(input.startedAt, -OVERLAP),
    lastTriedAt: input.startedAt,
    nextSyncAt: shift(input.startedAt, input.intervalMs),
    nextSweepAt: input.window.kind === "regular" ? sync.nextSweepAt : shift(input.startedAt, SWEEP_EVERY),
    failures: 0,
    watch: watchAfterCompleteRead(sync, input.startedAt, input.intervalMs),
  };
}

/** The sync state after a read that failed: watermark and coverage stay, the pause doubles up to ten intervals. */
export function afterFailedRead(
  sync: TenantSync,
  input: { now: Instant; intervalMs: number; retryAfterMs: number | null },
): TenantSync {
  const failures = sync.failures + 1;
  const pause = Math.min(input.intervalMs * 2 ** Math.min(failures - 1, 4), input.intervalMs * 10, 10 * MINUTE);
  return {
    ...sync,
    lastTriedAt: input.now,
    nextSyncAt: shift(input.now, Math.max(pause, input.retryAfterMs ?? 0)),
    failures,
    watch: watchAfterFailedRead(sync, input.now, input.intervalMs),
  };
}
