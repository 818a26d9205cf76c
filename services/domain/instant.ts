/** A moment in UTC as ISO 8601 with milliseconds ("2026-11-22T14:02:00.000Z"): sortable and comparable as text. */
export type Instant = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The moment `milliseconds` after (or, negative, before) the given one. */
export function shift(instant: Instant, milliseconds: number): Instant {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from `earlier` to `later`; negative when the order is the other way round. */
export function elapsed(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}

/** The earlier of two moments. */
export function earlier(left: Instant, right: Instant): Instant {
  return elapsed(left, right) < 0 ? right : left;
}
