/** What Teams allows one bot in one conversation: [requests, seconds]. */
const SEND_WINDOWS = [
  [7, 1],
  [8, 2],
  [60, 30],
  [1800, 3600],
] as const;
const MEMBER_WINDOWS = [
  [14, 1],
  [16, 2],
  [120, 30],
  [3600, 3600],
] as const;
const TENANT_WINDOWS = [[50, 1]] as const;

export interface RateBreach {
  at: string;
  /** A conversation id, or `tenant`. */
  scope: string;
  operation: "send" | "members";
  limit: number;
  windowSeconds: number;
}

type RateDecision = { kind: "allowed" } | { kind: "refused"; retryAfterSeconds: number };

export interface RateLimits {
  breaches: RateBreach[];
  enabled: boolean;
  /** Counts the call if it is allowed; else notes the breach and says when to come again. */
  take(conversationId: string, operation: "send" | "members"): RateDecision;
}

/** Teams' rate limits by the given clock: every post, edit, deletion and creation counts as a send. */
export function createRateLimits(clock: { now(): Date }): RateLimits {
  const taken = new Map<string, number[]>();
  const limits: RateLimits = { breaches: [], enabled: true, take };

  function take(conversationId: string, operation: "send" | "members"): RateDecision {
    if (!limits.enabled) return { kind: "allowed" };
    const now = clock.now().getTime();
    const threadKey = `${operation} ${conversationId}`;
    const windows = operation === "send" ? SEND_WINDOWS : MEMBER_WINDOWS;
    const full = firstFull(threadKey, windows, now) ?? firstFull("tenant", TENANT_WINDOWS, now);
    if (full !== undefined) {
      limits.breaches.push({
        at: new Date(now).toISOString(),
        scope: full.key === "tenant" ? "tenant" : conversationId,
        operation,
        limit: full.limit,
        windowSeconds: full.windowSeconds,
      });
      return { kind: "refused", retryAfterSeconds: Math.max(1, Math.ceil((full.freeAt - now) / 1000)) };
    }
    taken.set(threadKey, [...recent(threadKey, now, 3600), now]);
    taken.set("tenant", [...recent("tenant", now, 1), now]);
    return { kind: "allowed" };
  }

  function recent(key: string, now: number, seconds: number): number[] {
    return (taken.get(key) ?? []).filter((at) => at > now - seconds * 1000);
  }

  function firstFull(key: string, windows: readonly (readonly [number, number])[], now: number) {
    for (const [limit, windowSeconds] of windows) {
      const inside = recent(key, now, windowSeconds);
      const oldest = inside[inside.length - limit];
      if (oldest !== undefined) return { key, limit, windowSeconds, freeAt: oldest + windowSeconds * 1000 };
    }
    return undefined;
  }

  return limits;
}
