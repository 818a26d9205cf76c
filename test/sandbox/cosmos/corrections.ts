/**
 * Where the package is more lenient than Azure, or different from it; each is the name of the file that corrects it. A test
 * starts the server without one of them to show what the package does by itself.
 */
export type CosmosCorrection =
  | "partition-scope"
  | "query-plan"
  | "atomic-batch"
  | "preconditions"
  | "item-limits"
  | "time-to-live"
  | "authorization"
  | "missing-owner"
  | "ordered-paths"
  | "request-charge";

/** Whether a correction is in force. */
export type Corrected = (correction: CosmosCorrection) => boolean;
