import { HOUR, SECOND } from "../services/domain/instant.ts";
import type { Clock } from "../services/ports/clock.ts";

/**
 * Teams' windows per conversation (7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour; microsoft.md 6.1), each taken a
 * little smaller, since what leaves here evenly may arrive there closer together.
 */
const WINDOWS: readonly { milliseconds: number; calls: number }[] = [
  { milliseconds: SECOND, calls: 6 },
  { milliseconds: 2 * SECOND, calls: 7 },
  { milliseconds: 30 * SECOND, calls: 55 },
  { milliseconds: HOUR, calls: 1_750 },
];
/** 50 in a second per tenant of Teams. */
const TENANT_CALLS_PER_SECOND = 45;

export interface TeamsWindows {
  /** 0: the call may be made now and is counted. Otherwise milliseconds until it may be asked again; nothing is counted. */
  take(input: { accountId: string; conversationId: string }): number;
}

/** Keeps our calls within Teams' windows (R13); edits count as posts, to be safe. */
export function createTeamsWindows(clock: Clock): TeamsWindows {
  const conversations = new Map<string, number[]>();
  const tenants = new Map<string, number[]>();
  return {
    take: ({ accountId, conversationId }) => {
      const now = Date.parse(clock.now());
      const root = conversationId.split(";")[0] ?? conversationId;
      const calls = recent(conversations, root, now, HOUR);
      const tenantCalls = recent(tenants, accountId, now, SECOND);
      const waits = WINDOWS.map((window) => wait(calls, now, window));
      const pause = Math.max(
        ...waits,
        wait(tenantCalls, now, { milliseconds: SECOND, calls: TENANT_CALLS_PER_SECOND }),
      );
      if (pause > 0) return pause;
      calls.push(now);
      tenantCalls.push(now);
      return 0;
    },
  };
}

/** The calls that still count; a conversation without any is forgotten. A clock that was put back starts anew. */
function recent(all: Map<string, number[]>, key: string, now: number, span: number): number[] {
  const calls = all.get(key) ?? [];
  all.set(key, calls);
  const last = calls.at(-1);
  if (last !== undefined && last > now) calls.length = 0;
  const first = calls.findIndex((at) => at > now - span);
  if (first > 0) calls.splice(0, first);
  else if (first < 0) calls.length = 0;
  return calls;
}

function wait(calls: readonly number[], now: number, window: { milliseconds: number; calls: number }): number {
  const oldestThatCounts = calls.at(-window.calls);
  if (oldestThatCounts === undefined) return 0;
  return Math.max(0, oldestThatCounts + window.milliseconds - now);
}
