import type { Job } from "../domain/job.ts";

/** Work to do soon. At least once; a lost job is found again in the store by the next tick, so handlers are idempotent. */
export interface JobQueue {
  /** Adds a job unless the same one waits already. */
  add(job: Job): void;
}
