import { MINUTE } from "../domain/instant.ts";

const PAUSES = [1, 2, 5, 10, 20, 60].map((minutes) => minutes * MINUTE);

/** How long to wait before Defender is asked again, in milliseconds: 1, 2, 5, 10, 20, then 60 minutes, or longer if Defender asks so. */
export function retryPause(attempts: number, retryAfterMs: number | null): number {
  const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? MINUTE;
  return Math.max(pause, retryAfterMs ?? 0);
}
