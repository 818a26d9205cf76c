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

interface Place {
  readonly accountId: string;
  readonly conversationId: string;
}

export interface TeamsWindows {
  /** 0: the call may be made now and is counted. Otherwise milliseconds until it may be asked again; nothing is counted. */
  take(input: Place): number;
  /** The call that was taken has ended. Until then it may reach Teams at any moment, so it counts as made now. */
  answered?(input: Place): void;
}

/** Calls of one conversation or tenant: how many are under way, and when the earlier ones ended, oldest first. */
interface Calls {
  open: number;
  readonly ended: number[];
}

/** Keeps our calls within Teams' windows (R13); edits count as posts, to be safe. */
export function createTeamsWindows(clock: Clock): TeamsWindows {
  const conversations = new Map<string, Calls>();
  const tenants = new Map<string, Calls>();
  const rootOf = (conversationId: string) => conversationId.split(";")[0] ?? conversationId;
  return {
    take: ({ accountId, conversationId }) => {
      const now = Date.parse(clock.now());
      const calls = recent(conversations, rootOf(conversationId), now, HOUR);
      const tenantCalls = recent(tenants, accountId, now, SECOND);
      const waits = WINDOWS.map((window) => wait(calls, now, window));
      const pause = Math.max(
        ...waits,
        wait(tenantCalls, now, { milliseconds: SECOND, calls: TENANT_CALLS_PER_SECOND }),
      );
      if (pause > 0) return pause;
      calls.open += 1;
      tenantCalls.open += 1;
      return 0;
    },
    answered: ({ accountId, conversationId }) => {
      const now = Date.parse(clock.now());
      end(recent(conversations, rootOf(conversationId), now, HOUR), now);
      end(recent(tenants, accountId, now, SECOND), now);
    },
  };
}

function end(calls: Calls, now: number): void {
  calls.open = Math.max(0, calls.open - 1);
  calls.ended.push(now);
}

/** The calls that still count. A clock that was put back starts anew. */
function recent(all: Map<string, Calls>, key: string, now: number, span: number): Calls {
  const calls = all.get(key) ?? { open: 0, ended: [] };
  all.set(key, calls);
  const { ended } = calls;
  const last = ended.at(-1);
  if (last !== undefined && last > now) ended.length = 0;
  const first = ended.findIndex((at) => at > now - span);
  if (first > 0) ended.splice(0, first);
  else if (first < 0) ended.length = 0;
  return calls;
}

function wait(calls: Calls, now: number, window: { milliseconds: number; calls: number }): number {
  if (calls.open >= window.calls) return window.milliseconds;
  const oldestThatCounts = calls.ended.at(calls.open - window.calls);
  if (oldestThatCounts === undefined) return 0;
  return Math.max(0, oldestThatCounts + window.milliseconds - now);
}
