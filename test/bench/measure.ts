import { memoryUsage, resourceUsage } from "node:process";

/** What a process has used since it started. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** What one piece of work cost. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** CPU time of this process, user and system, and its peak resident memory. */
export function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
  return {
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakMb: Math.max(maxRSS / 1_024, memoryUsage.rss() / 2 ** 20),
  };
}

/** Wall time and this process's CPU time of some work. */
export async function costOf(work: () => Promise<void>): Promise<Cost> {
  const startedAt = performance.now();
  const before = usage().cpuMs;
  await work();
  return { wallMs: performance.now() - startedAt, cpuMs: usage().cpuMs - before };
}

/** The value below which `share` of the values lie, by the nearest rank; fails without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Three digits that mean something; more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
