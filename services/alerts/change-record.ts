import type { AlertRecord } from "../domain/alert-record.ts";
import type { AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { AlertStore, TenantScope } from "../ports/stores.ts";

const TRIES = 8;

/** What a change makes of the record as it is now; null: nothing is to be changed (any more). */
export type RecordChange = (record: AlertRecord) => { record: AlertRecord; audit?: readonly AuditRow[] } | null;

/**
 * Applies a change to the newest version of a record: when somebody else writes in between, it is read and decided again.
 * Gives the stored record, or null when there is no record or the change wanted nothing.
 */
export async function changeRecord(
  deps: { alerts: AlertStore },
  input: { scope: TenantScope; alertId: string; change: RecordChange },
): Promise<AlertRecord | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.alerts.get(input.scope, input.alertId);
    if (stored === null) return null;
    const next = input.change(stored.value);
    if (next === null) return null;
    const outcome = await deps.alerts.update({
      record: next.record,
      etag: stored.etag,
      ...(next.audit === undefined ? {} : { audit: next.audit }),
    });
    if (outcome === "stored") return next.record;
  }
  throw new Breakdown("conflict", "An alert was changed by others again and again while it was to be stored.", {
    retryable: true,
  });
}
