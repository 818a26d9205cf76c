import { type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EphemeralStore } from "../ports/stores.ts";

const KEY = "coverage-watch";
/** It is written each minute; without it for this long Watchdesk itself was away. */
const AWAY_AFTER = 3 * MINUTE;

/**
 * Since when tenants have been read without a gap of ours: a stop, a store that does not answer, or (`reset`) a refused
 * credential begins it anew, so that tenants are not told of before they had a chance to be read. Notes that we are here.
 */
export async function watchingSince(
  deps: { ephemeral: Pick<EphemeralStore, "get" | "put">; clock: Clock },
  input: { reset: boolean },
): Promise<Instant> {
  const now = deps.clock.now();
  const stored = input.reset ? null : await deps.ephemeral.get(KEY);
  const since = stored?.value ?? now;
  // Whoever writes last wins: two that look at once write the same.
  await deps.ephemeral.put({ key: KEY, value: since, etag: "*", endsAt: shift(now, AWAY_AFTER) });
  return since;
}
