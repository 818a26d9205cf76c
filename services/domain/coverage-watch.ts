import { earlier, elapsed, HOUR, type Instant, MINUTE, shift } from "./instant.ts";
import type { CoverageWatch, TenantSync } from "./tenant-sync.ts";

/** How long a flapping tenant has to be proven without a gap before its outage is over. */
export const STEADY = HOUR;

const NOTHING_TOLD: CoverageWatch = { lookAt: null, outage: null, overAt: null };

/** How long a complete read proves a tenant, in milliseconds: two intervals, and a minute at least, for reading takes a while. */
export function provenFor(intervalMs: number): number {
  return Math.max(2 * intervalMs, MINUTE);
}

/** Whether the tenant was read completely within the last two intervals; its counts are known then, and zero is zero. */
export function isProven(sync: TenantSync | null, now: Instant, intervalMs: number): boolean {
  const watermark = sync?.watermark ?? null;
  return watermark !== null && elapsed(watermark, now) < provenFor(intervalMs);
}

/** What the admins know of the tenant. */
export function watchOf(sync: TenantSync): CoverageWatch {
  return sync.watch ?? NOTHING_TOLD;
}

/** The watch of a tenant that begins, or goes on, to be read now: it has two intervals to be proven. */
export function watchFrom(sync: TenantSync | null, now: Instant, intervalMs: number): CoverageWatch {
  return { ...(sync === null ? NOTHING_TOLD : watchOf(sync)), lookAt: shift(now, provenFor(intervalMs)) };
}

/** In health each complete read puts the look off, so that it never comes; after an outage it asks for one. */
export function watchAfterCompleteRead(sync: TenantSync, startedAt: Instant, intervalMs: number): CoverageWatch {
  const watch = watchOf(sync);
  const { outage } = watch;
  const healthy = shift(startedAt, provenFor(intervalMs));
  if (outage === null) return { ...watch, lookAt: healthy };
  const unbroken = outage.provenSince !== null && isProven(sync, startedAt, intervalMs);
  const provenSince = unbroken ? outage.provenSince : startedAt;
  const over = outage.flapping ? shift(provenSince, STEADY) : startedAt;
  // A state ends by itself; what it leaves to look for is that reads stop for another cause.
  const next = outage.about === "state" ? healthy : over;
  const lookAt = watch.lookAt === null ? earlier(startedAt, next) : earlier(watch.lookAt, next);
  return { ...watch, outage: { ...outage, provenSince }, lookAt };
}

/** A failed read changes nothing of the watch; one that was never set begins. */
export function watchAfterFailedRead(sync: TenantSync, now: Instant, intervalMs: number): CoverageWatch {
  return sync.watch ?? watchFrom(sync, now, intervalMs);
}
