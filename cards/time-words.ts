import type { Instant } from "../services/domain/instant.ts";

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "14:02 UTC", for moments that are near. */
export function clockWords(instant: Instant): string {
  return written(instant, (date) => `${CLOCK.format(date)} UTC`);
}

/** "14:02 UTC, 22 Nov". */
export function timeWords(instant: Instant): string {
  return written(instant, (date) => `${CLOCK.format(date)} UTC, ${DAY.format(date)}`);
}

/** "3 May", for settings and other things that last. */
export function dayWords(instant: Instant): string {
  return written(instant, (date) => DAY.format(date));
}

/** "14:02 UTC, 22 Nov 2026", where the year may be in doubt. */
export function datedTimeWords(instant: Instant): string {
  return written(instant, (date) => `${CLOCK.format(date)} UTC, ${DATE.format(date)}`);
}

/** Teams does not expand date macros, so times are written out; one that cannot be read is said to be unknown. */
function written(instant: Instant, write: (date: Date) => string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? "time unknown" : write(date);
}
