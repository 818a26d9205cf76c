import { latestCopy } from "../domain/alert.ts";
import type { AlertRecord, ResolveRequest } from "../domain/alert-record.ts";
import { elapsed, HOUR, MINUTE, shift } from "../domain/instant.ts";
import { auditOperation } from "./audit-operation.ts";
import { changeRecord } from "./change-record.ts";
import { retryPause } from "./retry-pause.ts";
import { attempt, commentOnce, type DefenderWriteDeps } from "./write-to-defender.ts";

/** Resolves an alert because a person ordered it, with a comment that names the person; a failure is tried again later. */
export async function carryOutOrder(
  deps: DefenderWriteDeps,
  input: { record: AlertRecord; order: ResolveRequest },
): Promise<void> {
  const { record, order } = input;
  const { tenantId } = record;
  const operation = auditOperation(deps, {
    scope: { accountId: record.accountId, tenantId },
    actor: { kind: "person", id: order.by.id, name: order.by.name },
    verb: "alert.resolve",
    alertId: record.alert.id,
    before: record.alert.status,
    wanted: "resolved, commented",
    where: null,
  });
  const intendedAt = deps.clock.now();
  const begun = await changeRecord(deps, {
    scope: record,
    alertId: record.alert.id,
    change: (current) =>
      current.resolveRequest === null
        ? null
        : {
            record: { ...current, nextSettleAt: shift(intendedAt, retryPause(2, null)) },
            audit: [operation.intended(intendedAt)],
          },
  });
  if (begun === null) return;
  const done = await attempt(async () => {
    const alert = await deps.source.update({ tenantId, alertId: record.alert.id, change: { status: "resolved" } });
    const text = `Resolved through Watchdesk by ${order.by.name}: older than the connection. Ref ${order.reference}`;
    return {
      ...alert,
      comments: await commentOnce(deps, { tenantId, alert, text, reference: order.reference, mayExist: true }),
    };
  });
  const now = deps.clock.now();
  await changeRecord(deps, {
    scope: record,
    alertId: record.alert.id,
    change: (current) => {
      if (done.kind === "failed") {
        // The pause grows with the time since the order, so that a lasting refusal is not asked about each minute.
        const pause = Math.min(Math.max(elapsed(order.at, now), MINUTE), HOUR);
        const again = shift(now, Math.max(pause, done.failure.retryAfterMs ?? 0));
        return {
          record: { ...current, nextSettleAt: again },
          audit: [operation.outcome(now, `failed: ${done.failure.code}`)],
        };
      }
      const revision = current.revision + 1;
      return {
        record: {
          ...current,
          alert: latestCopy(current.alert, done.value),
          revision,
          settledRevision: revision,
          nextSettleAt: null,
          nextAnnounceAt: now,
          resolution: current.resolution ?? { by: { kind: "person", name: order.by.name }, at: now },
          resolveRequest: null,
        },
        audit: [operation.outcome(now, "resolved, commented")],
      };
    },
  });
}
