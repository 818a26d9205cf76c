import { LRUCache } from "lru-cache";
import { Breakdown } from "../domain/breakdown.ts";
import { elapsed, type Instant, SECOND } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** After so many calls in a row without an answer, a tenant's calls are not made for a while. */
const SILENT_CALLS = 3;
const SPARED_FOR = 30 * SECOND;
const TENANTS = 20_000;

/**
 * Spares a tenant whose Defender does not answer: each call would wait for its whole timeout, and a storm's alerts would
 * wait for each other, instead of being shown as pending within the minute. One call after the pause finds out again.
 */
export function createQuietTenants(clock: Clock) {
  const silent = new LRUCache<string, { calls: number; since: Instant }>({ max: TENANTS });
  return async <Answer>(tenantId: string, call: () => Promise<Answer>): Promise<Answer> => {
    const known = silent.get(tenantId);
    if (known !== undefined && known.calls >= SILENT_CALLS && isRecent(known.since, clock.now())) {
      throw new Breakdown("not-answering", "Microsoft Graph did not answer for this tenant a moment ago.", {
        retryable: true,
      });
    }
    try {
      const answer = await call();
      silent.delete(tenantId);
      return answer;
    } catch (cause) {
      const isSilence = cause instanceof Breakdown && cause.code === "not-answering";
      if (isSilence) silent.set(tenantId, { calls: (known?.calls ?? 0) + 1, since: clock.now() });
      throw cause;
    }
  };
}

function isRecent(since: Instant, now: Instant): boolean {
  const passed = elapsed(since, now);
  return passed >= 0 && passed < SPARED_FOR;
}
