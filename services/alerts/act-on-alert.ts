import { latestCopy } from "../domain/alert.ts";
import type { AlertRecord } from "../domain/alert-record.ts";
import type { Person } from "../domain/person.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { TenantScope } from "../ports/stores.ts";
import { auditOperation } from "./audit-operation.ts";
import { changeRecord } from "./change-record.ts";
import { attempt, checkIfRefused, type DefenderWriteDeps } from "./write-to-defender.ts";

export interface ActDeps extends DefenderWriteDeps {
  readonly queue: JobQueue;
}

export interface ActInput {
  readonly scope: TenantScope;
  readonly alertId: string;
  readonly by: Person;
  /** The conversation it was asked in, for the audit. */
  readonly where: string;
}

export type ActOutcome =
  | { readonly kind: "done"; readonly record: AlertRecord; readonly note: string | null }
  /** Somebody was first, or the alert already is as asked: the card shows it. */
  | { readonly kind: "alreadySo"; readonly record: AlertRecord; readonly note: string }
  | { readonly kind: "failed"; readonly record: AlertRecord; readonly note: string }
  | { readonly kind: "unknownAlert" };

/**
 * A person takes the alert: in Defender in progress (unless resolved) and assigned to them. Where Defender refuses or
 * does not answer, the claim is kept here and said in a comment. The second of two claims is told whose the first was.
 */
export async function claimAlert(deps: ActDeps, input: ActInput): Promise<ActOutcome> {
  const record = (await deps.alerts.get(input.scope, input.alertId))?.value ?? null;
  if (record === null) return { kind: "unknownAlert" };
  if (record.claim !== null) return { kind: "alreadySo", record, note: claimedNote(record.claim.by, input.by) };
  const claimed = await changeRecord(deps, {
    ...input,
    change: (current) =>
      current.claim === null
        ? { record: shown(deps, { ...current, claim: { by: input.by, at: deps.clock.now(), inDefender: false } }) }
        : null,
  });
  if (claimed === null) return await claimAlert(deps, input);

  const operation = operationOf(deps, input, record, "alert.claim", `claimed by ${input.by.name}`);
  await changeRecord(deps, {
    ...input,
    change: (current) => ({ record: current, audit: [operation.intended(deps.clock.now())] }),
  });
  const status = record.alert.status === "resolved" ? {} : { status: "inProgress" as const };
  const assigned = await attempt(() =>
    deps.source.update({
      tenantId: input.scope.tenantId,
      alertId: input.alertId,
      change: { ...status, ...(input.by.signInName === null ? {} : { assignedTo: input.by.signInName }) },
    }),
  );
  if (assigned.kind === "failed") checkIfRefused(deps, input.scope.tenantId, assigned.failure);
  // What the assignment cannot say in Defender is said in a comment.
  if (assigned.kind === "failed" || input.by.signInName === null) {
    await attempt(() =>
      deps.source.comment({ ...idsOf(input), text: `Claimed by ${input.by.name} through Watchdesk.` }),
    );
  }
  const outcome = assigned.kind === "done" ? "claimed" : `kept here only: ${assigned.failure.code}`;
  const stored = await changeRecord(deps, {
    ...input,
    change: (current) => ({
      record: shown(deps, {
        ...current,
        ...(assigned.kind === "done" ? { alert: latestCopy(current.alert, assigned.value) } : {}),
        claim: current.claim === null ? null : { ...current.claim, inDefender: assigned.kind === "done" },
      }),
      audit: [operation.outcome(deps.clock.now(), outcome)],
    }),
  });
  tail(deps, input);
  const note =
    assigned.kind === "done" ? null : `Claimed here. Defender does not show it yet: ${assigned.failure.why}.`;
  return { kind: "done", record: stored ?? claimed, note };
}

/** Opens a resolved alert again, in Defender first; an auto-resolve is undone by it and never comes back for this alert. */
export async function reopenAlert(deps: ActDeps, input: ActInput): Promise<ActOutcome> {
  const record = (await deps.alerts.get(input.scope, input.alertId))?.value ?? null;
  if (record === null) return { kind: "unknownAlert" };
  if (record.alert.status !== "resolved") return { kind: "alreadySo", record, note: "This alert is open already." };
  const operation = operationOf(deps, input, record, "alert.reopen", "open");
  await changeRecord(deps, {
    ...input,
    change: (current) => ({ record: current, audit: [operation.intended(deps.clock.now())] }),
  });
  const status = record.claim === null ? "new" : "inProgress";
  const reopened = await attempt(() => deps.source.update({ ...idsOf(input), change: { status } }));
  const now = deps.clock.now();
  if (reopened.kind === "failed") {
    checkIfRefused(deps, input.scope.tenantId, reopened.failure);
    const stored = await changeRecord(deps, {
      ...input,
      change: (current) => ({ record: current, audit: [operation.outcome(now, `failed: ${reopened.failure.code}`)] }),
    });
    return {
      kind: "failed",
      record: stored ?? record,
      note: `Not reopened: ${reopened.failure.why}. Nothing was changed; try again in a minute.`,
    };
  }
  await attempt(() =>
    deps.source.comment({ ...idsOf(input), text: `Reopened by ${input.by.name} through Watchdesk.` }),
  );
  const stored = await changeRecord(deps, {
    ...input,
    change: (current) => ({
      record: shown(deps, {
        ...current,
        alert: reopened.value,
        reopened: { by: input.by.name, at: now },
        resolution: null,
        autoResolve:
          current.autoResolve.kind === "resolved" || current.autoResolve.kind === "pending"
            ? { kind: "undone", at: now, by: input.by.name }
            : current.autoResolve,
      }),
      audit: [operation.outcome(now, status)],
    }),
  });
  tail(deps, input);
  return { kind: "done", record: stored ?? record, note: null };
}

function idsOf(input: ActInput) {
  return { tenantId: input.scope.tenantId, alertId: input.alertId };
}

function operationOf(deps: ActDeps, input: ActInput, record: AlertRecord, verb: string, wanted: string) {
  return auditOperation(deps, {
    scope: input.scope,
    actor: { kind: "person", id: input.by.id, name: input.by.name },
    verb,
    alertId: input.alertId,
    before: record.alert.status,
    wanted,
    where: input.where,
  });
}

/** The record with its next revision: every copy of its card is due. */
function shown(deps: ActDeps, record: AlertRecord): AlertRecord {
  const now = deps.clock.now();
  return {
    ...record,
    revision: record.revision + 1,
    confirmedAt: now,
    nextAnnounceAt: now,
    nextSettleAt: record.nextSettleAt ?? now,
  };
}

/** The same tail as an alert that changed by itself: settled, then every copy of the card edited. */
function tail(deps: ActDeps, input: ActInput): void {
  deps.queue.add({ kind: "settle-alert", ...idsOf(input) });
}

function claimedNote(by: Person, asker: Person): string {
  return by.id === asker.id ? "You have claimed this alert already." : `${by.name} has claimed this alert already.`;
}
