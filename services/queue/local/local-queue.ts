import { type Job, jobKey } from "../../domain/job.ts";
import type { JobQueue } from "../../ports/job-queue.ts";

export interface LocalQueue extends JobQueue {
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
  /** Drops what waits (the store finds it again) and resolves when what runs has ended. */
  stop(): Promise<void>;
}

interface Lane {
  readonly waiting: Job[];
  running: number;
  /** Whether the lane stands in the ring of lanes that can start a job. */
  ready: boolean;
}

/**
 * The queue of one process: each tenant has a lane, lanes take turns, so that a slow or busy tenant delays no other. A job
 * that waits already is not added twice; one that runs is run again after it ends, never beside itself. `run` never throws.
 */
export function createLocalQueue(input: {
  run: (job: Job) => Promise<void>;
  inFlight: number;
  perTenant: number;
}): LocalQueue {
  const lanes = new Map<string, Lane>();
  const ring: string[] = [];
  const waitingKeys = new Set<string>();
  const runningKeys = new Set<string>();
  const again = new Map<string, Job>();
  let running = 0;
  let stopped = false;
  let idleWaiters: (() => void)[] = [];

  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? { waiting: [], running: 0, ready: false };
    lanes.set(name, lane);
    return lane;
  };
  const enterRing = (name: string, lane: Lane) => {
    if (lane.ready || lane.waiting.length === 0 || lane.running >= input.perTenant) return;
    lane.ready = true;
    ring.push(name);
  };
  const add = (job: Job) => {
    const key = jobKey(job);
    if (stopped || waitingKeys.has(key)) return;
    if (runningKeys.has(key)) {
      again.set(key, job);
      return;
    }
    waitingKeys.add(key);
    const name = laneName(job);
    const lane = laneOf(name);
    lane.waiting.push(job);
    enterRing(name, lane);
    startSome();
  };
  const startSome = () => {
    while (running < input.inFlight) {
      const name = ring.shift();
      if (name === undefined) return;
      const lane = laneOf(name);
      lane.ready = false;
      const job = lane.waiting.shift();
      if (job === undefined) continue;
      void start(job, name, lane);
      enterRing(name, lane);
    }
  };
  const start = async (job: Job, name: string, lane: Lane) => {
    const key = jobKey(job);
    waitingKeys.delete(key);
    runningKeys.add(key);
    lane.running += 1;
    running += 1;
    try {
      await input.run(job);
    } finally {
      runningKeys.delete(key);
      lane.running -= 1;
      running -= 1;
      const repeat = again.get(key);
      again.delete(key);
      if (repeat !== undefined) add(repeat);
      enterRing(name, lane);
      if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(name);
      startSome();
      if (running === 0 && waitingKeys.size === 0) {
        const waiters = idleWaiters;
        idleWaiters = [];
        for (const wake of waiters) wake();
      }
    }
  };
  const idle = () =>
    running === 0 && waitingKeys.size === 0
      ? Promise.resolve()
      : new Promise<void>((wake) => {
          idleWaiters.push(wake);
        });
  return {
    add,
    idle,
    stop: () => {
      stopped = true;
      for (const lane of lanes.values()) lane.waiting.length = 0;
      waitingKeys.clear();
      again.clear();
      return idle();
    },
  };
}

/** Whose turn a job takes: a tenant's, or a connection's. Reading a tenant never waits behind its alerts' cards. */
function laneName(job: Job): string {
  switch (job.kind) {
    case "sync-tenant":
      return `sync ${job.tenantId}`;
    case "settle-alert":
      return `settle ${job.tenantId}`;
    case "announce-alert":
      return `announce ${job.tenantId}`;
    case "check-permissions":
      return `check ${job.tenantId}`;
    case "watch-credentials":
    case "watch-coverage":
      return job.kind;
    case "advance-consent":
      return `consent ${job.journeyId}`;
    case "advance-move":
      return `move ${job.moveId}`;
    case "mark-retired-cards":
      return `retire ${job.tenantId}`;
    case "sync-directory":
      return `directory ${job.accountId}`;
  }
}
