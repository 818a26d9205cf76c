import type { Job } from "../domain/job.ts";

/** Numbers for the operator: how often something was done and what it cost. Names and labels are fixed in code, never data. */
export interface Metrics {
  /** The request units (RU) that one operation of the store was charged. */
  storeCharge(operation: string, requestUnits: number): void;
}

/** How a job ended: carried out, put off until it is found due again, or failed so that a person must look. */
export type JobEnding = "done" | "putOff" | "failed";

/** Numbers about the work itself. */
export interface WorkMetrics {
  jobEnded(kind: Job["kind"], ending: JobEnding): void;
  /** One call to Teams: taken, told to wait (by Teams, or by our own window before it), without a clear answer, or refused. */
  teamsAnswered(outcome: "done" | "wait" | "ambiguous" | "refused"): void;
}
