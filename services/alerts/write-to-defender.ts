import type { Alert, AlertComment } from "../domain/alert.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { AlertSource } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Log } from "../ports/log.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AlertStore } from "../ports/stores.ts";

export interface DefenderWriteDeps {
  readonly source: AlertSource;
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly queue: JobQueue;
  readonly log: Log;
}

/** What is known of a failure: the other side's own words stay in the log, people get `why`. */
export interface WriteFailure {
  readonly why: string;
  readonly code: Breakdown["code"];
  readonly retryAfterMs: number | null;
}

/** A call to Defender as a union: what it gave, or why it failed. Anything but a Breakdown is a bug and is thrown on. */
export async function attempt<Value>(
  call: () => Promise<Value>,
): Promise<{ kind: "done"; value: Value } | { kind: "failed"; failure: WriteFailure }> {
  try {
    return { kind: "done", value: await call() };
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    return { kind: "failed", failure: { why: whyInWords(cause), code: cause.code, retryAfterMs: cause.retryAfterMs } };
  }
}

/** A write that was refused for what the tenant granted has that looked into at once, not at the next read. */
export function checkIfRefused(deps: { queue: JobQueue }, tenantId: string, failure: Pick<WriteFailure, "code">): void {
  if (["permission-missing", "consent-missing", "unauthorized"].includes(failure.code)) {
    deps.queue.add({ kind: "check-permissions", tenantId });
  }
}

/**
 * Writes a comment unless one with the same reference is there already (R7): comments are append-only and carry no key,
 * so an attempt that may have gone through is looked up before it is repeated.
 */
export async function commentOnce(
  deps: Pick<DefenderWriteDeps, "source">,
  input: { tenantId: string; alert: Alert; text: string; reference: string; mayExist: boolean },
): Promise<readonly AlertComment[]> {
  const { tenantId, alert } = input;
  if (input.mayExist) {
    const fresh = await deps.source.get({ tenantId, alertId: alert.id });
    const comments = fresh?.comments ?? alert.comments;
    if (comments.some((comment) => comment.text.includes(input.reference))) return comments;
  }
  return await deps.source.comment({ tenantId, alertId: alert.id, text: input.text });
}

/** A breakdown as the end of a sentence on a card: "Auto-resolve pending: Defender is not answering". */
function whyInWords(breakdown: Breakdown): string {
  switch (breakdown.code) {
    case "throttled":
      return "Defender asks us to slow down";
    case "permission-missing":
      return "a permission is missing in this tenant";
    case "consent-missing":
      return "this tenant's consent is gone";
    case "defender-not-available":
      return "this tenant has no Defender for Endpoint";
    case "credential-failing":
      return "Watchdesk's own credential is refused";
    case "not-found":
      return "Defender no longer knows this alert";
    case "refused":
      return "Defender refused the change";
    case "unauthorized":
      return "Defender refused Watchdesk's token";
    case "not-answering":
    case "unreadable-answer":
    case "tenant-unknown":
    case "store-unavailable":
    case "conflict":
      return "Defender is not answering";
  }
}
