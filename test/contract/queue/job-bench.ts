import { type Job, jobKey } from "../../../services/domain/job.ts";

/** Jobs that end when they are told to, and remember who ran beside whom. */
export interface JobBench {
  readonly run: (job: Job) => Promise<void>;
  /** Keys of the jobs that run now, in the order they began. */
  running(): string[];
  /** Keys of the jobs that ended, in order. */
  ended(): string[];
  /** Resolves once a job of that key has begun. */
  started(key: string): Promise<void>;
  letEnd(key: string): void;
  /** Ends what runs and whatever begins from now on. */
  letAllEnd(): void;
  whenEnding(key: string, work: () => void): void;
  /** The most that ever ran at once, of keys that begin so. */
  mostAtOnce(prefix?: string): number;
}

export function jobBench(): JobBench {
  const running = new Map<string, () => void>();
  const begun = new Set<string>();
  const ended: string[] = [];
  const waiting: { key: string; wake: () => void }[] = [];
  const endings = new Map<string, () => void>();
  const crowds: string[][] = [];
  let free = false;
  const end = (key: string) => running.get(key)?.();
  return {
    run: async (job) => {
      const key = jobKey(job);
      begun.add(key);
      // A key that runs twice at once would overwrite itself here, so the crowd is counted by hand.
      crowds.push([...running.keys(), key]);
      await new Promise<void>((resolve) => {
        running.set(key, resolve);
        for (const { wake } of waiting.splice(0).filter((waiter) => waiter.key === key || !waiting.push(waiter)))
          wake();
        if (free) resolve();
      });
      endings.get(key)?.();
      running.delete(key);
      ended.push(key);
    },
    running: () => [...running.keys()],
    ended: () => ended,
    started: (key) =>
      begun.has(key)
        ? Promise.resolve()
        : new Promise((wake) => {
            waiting.push({ key, wake });
          }),
    letEnd: end,
    letAllEnd: () => {
      free = true;
      for (const key of [...running.keys()]) end(key);
    },
    whenEnding: (key, work) => void endings.set(key, work),
    mostAtOnce: (prefix = "") =>
      Math.max(0, ...crowds.map((crowd) => crowd.filter((key) => key.startsWith(prefix)).length)),
  };
}
