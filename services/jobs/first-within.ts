import { type Instant, shift } from "../domain/instant.ts";
import type { EphemeralStore } from "../ports/stores.ts";

/** Whether this is the first look within so many milliseconds, whoever looks; the mark in the store ends by itself. */
export async function firstWithin(
  deps: { ephemeral: Pick<EphemeralStore, "get" | "put">; clock: { now(): Instant } },
  key: string,
  milliseconds: number,
): Promise<boolean> {
  // Mostly it is there, and a read is cheaper than a write that is refused.
  if ((await deps.ephemeral.get(key)) !== null) return false;
  const endsAt = shift(deps.clock.now(), milliseconds);
  return (await deps.ephemeral.put({ key, value: "{}", etag: null, endsAt })) === "stored";
}
