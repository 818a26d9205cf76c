import type { Instant } from "../domain/instant.ts";

/** Ticks (100 ns since the year 1) at the start of 1970. */
const TICKS_AT_EPOCH = 621_355_968_000_000_000n;

/** A Graph time (up to seven decimals) in milliseconds; null where it is none, or .NET's "no time" of the year 1. */
export function graphInstant(text: string | null | undefined): Instant | null {
  if (text === null || text === undefined) return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || milliseconds <= 0 ? null : new Date(milliseconds).toISOString();
}

/**
 * The moment that Defender for Endpoint wrote into an alert's id ("da637551227677560813_-961444813" holds ticks); null
 * for ids of another make. Serves where the alert's own times cannot be read: stable, and near the truth.
 */
export function instantInAlertId(id: string): Instant | null {
  const ticks = /^[a-z]{2}(\d{18})_/.exec(id)?.[1];
  if (ticks === undefined) return null;
  const milliseconds = Number((BigInt(ticks) - TICKS_AT_EPOCH) / 10_000n);
  const sane = milliseconds > Date.UTC(2010) && milliseconds < Date.UTC(2100);
  return sane ? new Date(milliseconds).toISOString() : null;
}
