import type { Instant } from "../domain/instant.ts";

/** The time. Handed in everywhere, so that tests move it. */
export interface Clock {
  now(): Instant;
}
