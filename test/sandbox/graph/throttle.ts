import type { SandboxClock } from "../clock.ts";

export interface Throttle {
  /** Counts one request; undefined when it passes, else the whole seconds to wait. */
  take(key: string): number | undefined;
}

/** At most `limit` requests in any window of that length, for each key by itself; refused ones do not count. */
export function createThrottle(deps: { clock: SandboxClock; limit: number; windowMs: number }): Throttle {
  const taken = new Map<string, number[]>();
  return {
    take(key) {
      const now = deps.clock.now().getTime();
      const times = taken.get(key) ?? [];
      // A clock that was moved back leaves times in the future; they no longer say anything.
      const live = times.filter((time) => time > now - deps.windowMs && time <= now);
      const oldest = live[0];
      if (oldest !== undefined && live.length >= deps.limit) {
        taken.set(key, live);
        return Math.max(1, Math.ceil((oldest + deps.windowMs - now) / 1000));
      }
      if (Number.isFinite(deps.limit)) taken.set(key, [...live, now]);
      return undefined;
    },
  };
}
