import { type Instant, shift } from "../domain/instant.ts";
import type { EphemeralStore } from "../ports/stores.ts";

/** Whether this is the first look within so many milliseconds, whoever looks; the mark in the store ends by itself. */
export async function firstWithin(
  deps: { ephemeral: Pick<EphemeralStore, "put">; clock: { now(): Instant } },
  key: string,
  milliseconds: number,
): Promise<boolean> {
  const endsAt = shift(deps.clock.now(), milliseconds);
  return (await deps.ephemeral.put({ key, value: "{}", etag: null, endsAt })) === "stored";
}
