import { isDeepStrictEqual } from "node:util";
import { type Alert, latestCopy } from "../domain/alert.ts";
import type { AlertRecord, Reopening } from "../domain/alert-record.ts";
import type { AuditRow } from "../domain/audit.ts";
import type { AutoResolveStatus, NotResolvedReason } from "../domain/auto-resolve.ts";
import { type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { SettingOrigin } from "../domain/policy-settings.ts";
import type { AutoResolveDecision } from "../policy/decide-auto-resolve.ts";
import { auditOperation } from "./audit-operation.ts";
import { changeRecord } from "./change-record.ts";
import { retryPause } from "./retry-pause.ts";
import {
  attempt,
  checkIfRefused,
  commentOnce,
  type DefenderWriteDeps,
  type WriteFailure,
} from "./write-to-defender.ts";

type Pending = Extract<AutoResolveStatus, { kind: "pending" }>;
type Leave = Extract<AutoResolveDecision, { kind: "leave" }>;

/** Should the process die in the middle, the alert is due again after this long. */
const AGAIN_AFTER = 2 * MINUTE;

/**
 * Resolves and comments one alert by policy, Defender first. What is about to be done is stored before it is done, so
 * that a crash at any step is taken up again; a failure leaves the alert pending with the next try's time.
 */
export async function autoResolveAlert(
  deps: DefenderWriteDeps,
  input: { record: AlertRecord; decideNow: () => Promise<AutoResolveDecision> },
): Promise<void> {
  const begun = await begin(deps, input.record, await input.decideNow());
  if (begun === null) return;
  // R6: what holds at the moment of sending decides, not what held when the alert was first looked at.
  const decision = await input.decideNow();
  const { record, pending } = begun;
  let alert = record.alert;
  if (pending.step === "resolve") {
    if (decision.kind === "leave") return await leaveAlert(deps, { record, decision });
    const patched = await attempt(() =>
      deps.source.update({ tenantId: record.tenantId, alertId: alert.id, change: { status: "resolved" } }),
    );
    if (patched.kind === "failed") return await postpone(deps, begun, record.alert, patched.failure);
    alert = patched.value;
  }
  const wantsComment = decision.kind === "leave" ? pending.step === "comment" : decision.comment;
  if (wantsComment) {
    const resolved = alert;
    const commented = await attempt(() =>
      commentOnce(deps, {
        tenantId: record.tenantId,
        alert: resolved,
        text: commentText(pending.origin, pending.reference),
        reference: pending.reference,
        mayExist: pending.attempts > 1,
      }),
    );
    if (commented.kind === "failed") return await postpone(deps, begun, alert, commented.failure);
    alert = { ...alert, comments: commented.value };
  }
  await finish(deps, begun, alert, wantsComment);
}

/** Records that policy leaves the alert alone, and why; the alert is at rest and its cards are due. */
export async function leaveAlert(
  deps: DefenderWriteDeps,
  input: { record: AlertRecord; decision: Leave },
): Promise<void> {
  await changeRecord(deps, {
    scope: input.record,
    alertId: input.record.alert.id,
    change: (current) => {
      if (current.alert.updatedAt !== input.record.alert.updatedAt) return null;
      const autoResolve = afterLeaving(current, input.decision);
      return { record: atRest(current, { autoResolve }, deps.clock.now()) };
    },
  });
}

/** What people do to an alert: none of it changes why policy had left it alone before. */
const TOUCHED: ReadonlySet<NotResolvedReason> = new Set(["taken", "reopened", "classified", "alreadyResolved"]);

function afterLeaving(current: AlertRecord, decision: Leave): AutoResolveStatus {
  const { autoResolve } = current;
  const stands =
    autoResolve.kind === "undone" ||
    (autoResolve.kind === "resolved" && current.alert.status === "resolved") ||
    (autoResolve.kind === "notResolved" && TOUCHED.has(decision.reason));
  return stands ? autoResolve : { kind: "notResolved", reason: decision.reason, origin: decision.origin };
}

interface Begun {
  readonly record: AlertRecord;
  readonly pending: Pending;
  readonly operation: ReturnType<typeof auditOperation>;
}

async function begin(deps: DefenderWriteDeps, seen: AlertRecord, decision: AutoResolveDecision): Promise<Begun | null> {
  const now = deps.clock.now();
  const reference = `wd-${deps.randomness.id().slice(0, 8)}`;
  const operation = auditOperation(deps, {
    scope: { accountId: seen.accountId, tenantId: seen.tenantId },
    actor: { kind: "watchdesk" },
    verb: "alert.auto-resolve",
    alertId: seen.alert.id,
    before: seen.alert.status,
    wanted: decision.kind === "resolve" && !decision.comment ? "resolved" : "resolved, commented",
    where: null,
  });
  const record = await changeRecord(deps, {
    scope: seen,
    alertId: seen.alert.id,
    change: (current) => {
      // Somebody else changed or settles it: their turn ends in a new one of ours.
      if (current.revision !== seen.revision || current.nextSettleAt !== seen.nextSettleAt) return null;
      const before = current.autoResolve.kind === "pending" ? current.autoResolve : null;
      const autoResolve: Pending = {
        kind: "pending",
        step: before !== null && current.alert.status === "resolved" ? "comment" : "resolve",
        reference: before?.reference ?? reference,
        origin: before?.origin ?? decision.origin,
        since: before?.since ?? now,
        attempts: (before?.attempts ?? 0) + 1,
        nextTryAt: null,
        why: before?.why ?? null,
      };
      return {
        record: { ...current, autoResolve, nextSettleAt: shift(now, AGAIN_AFTER) },
        audit: [operation.intended(now)],
      };
    },
  });
  if (record === null || record.autoResolve.kind !== "pending") return null;
  return { record, pending: record.autoResolve, operation };
}

async function finish(deps: DefenderWriteDeps, begun: Begun, alert: Alert, commented: boolean): Promise<void> {
  const now = deps.clock.now();
  const { origin } = begun.pending;
  await store(deps, begun, (current) => {
    const latest = latestCopy(current.alert, alert);
    const outcome: Outcome =
      latest.status === "resolved"
        ? {
            autoResolve: { kind: "resolved", at: now, origin, commented },
            resolution: { by: { kind: "watchdesk" }, at: now },
          }
        : {
            autoResolve: { kind: "undone", at: now, by: current.reopened?.by ?? null },
            resolution: null,
            reopened: reopenedMeanwhile(current, latest),
          };
    return {
      record: atRest({ ...current, alert: latest }, outcome, now),
      audit: [begun.operation.outcome(now, commented ? "resolved, commented" : "resolved")],
    };
  });
}

async function postpone(deps: DefenderWriteDeps, begun: Begun, alert: Alert, failure: WriteFailure): Promise<void> {
  const now = deps.clock.now();
  const nextTryAt = shift(now, retryPause(begun.pending.attempts, failure.retryAfterMs));
  checkIfRefused(deps, begun.record.tenantId, failure);
  deps.log.warn("An auto-resolve is put off.", {
    tenantId: begun.record.tenantId,
    code: failure.code,
    attempts: begun.pending.attempts,
  });
  const resolved = alert.status === "resolved";
  const reopened = (current: AlertRecord, latest: Alert) =>
    resolved && latest.status !== "resolved" ? reopenedMeanwhile(current, latest) : current.reopened;
  await store(deps, begun, (current) => ({
    record: {
      ...current,
      alert: latestCopy(current.alert, alert),
      reopened: reopened(current, latestCopy(current.alert, alert)),
      autoResolve: {
        ...begun.pending,
        step: resolved ? "comment" : "resolve",
        nextTryAt,
        why: failure.why,
      },
      revision: current.revision + 1,
      nextSettleAt: nextTryAt,
      nextAnnounceAt: now,
    },
    audit: [begun.operation.outcome(now, `failed: ${failure.code}`)],
  }));
}

/** Stores the outcome on whatever the record is by now: a person's claim or reopening meanwhile stays. */
async function store(
  deps: DefenderWriteDeps,
  begun: Begun,
  change: (current: AlertRecord) => { record: AlertRecord; audit: readonly AuditRow[] },
): Promise<void> {
  await changeRecord(deps, { scope: begun.record, alertId: begun.record.alert.id, change });
}

type Outcome = Pick<AlertRecord, "autoResolve"> & Partial<Pick<AlertRecord, "resolution" | "reopened">>;

function atRest(current: AlertRecord, outcome: Outcome, now: Instant): AlertRecord {
  const revision = isDeepStrictEqual(current.autoResolve, outcome.autoResolve)
    ? current.revision
    : current.revision + 1;
  // A person's order given meanwhile is still to be carried out.
  const nextSettleAt = current.resolveRequest === null ? null : now;
  return { ...current, ...outcome, revision, settledRevision: revision, nextSettleAt, nextAnnounceAt: now };
}

/** We had resolved it, and the newest copy says that it is open: somebody opened it again, so policy never resolves it any more. */
function reopenedMeanwhile(current: AlertRecord, latest: Alert): Reopening {
  return current.reopened ?? { by: null, at: latest.updatedAt };
}

function commentText(origin: SettingOrigin, reference: string): string {
  const by = origin.by === null ? "" : `, set by ${origin.by}`;
  return `Resolved by Watchdesk: auto-resolve is on (${origin.level} setting${by}). No person has looked at this alert yet. Ref ${reference}`;
}
