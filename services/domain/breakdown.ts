/** What broke, in words that code can switch on. Expected outcomes are unions; these are the rest. */
export type BreakdownCode =
  | "throttled"
  | "not-answering"
  | "unreadable-answer"
  | "unauthorized"
  | "permission-missing"
  | "consent-missing"
  | "defender-not-available"
  | "credential-failing"
  | "tenant-unknown"
  | "not-found"
  | "refused"
  | "store-unavailable"
  | "conflict";

/** The one error class of the product: caught at the turn, the job and the HTTP border only. */
export class Breakdown extends Error {
  readonly code: BreakdownCode;
  readonly retryable: boolean;
  /** How long the other side asked us to wait, in milliseconds; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** The other side's own code, e.g. "AADSTS700016" or a Graph error code; shown to operators as it is. */
  readonly detail: string | null;

  constructor(
    code: BreakdownCode,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number | null; detail?: string | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "Breakdown";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.detail = options.detail ?? null;
  }
}
