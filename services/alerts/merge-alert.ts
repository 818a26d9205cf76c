import { isDeepStrictEqual } from "node:util";
import type { Alert } from "../domain/alert.ts";
import type { AlertRecord, Reopening, Resolution } from "../domain/alert-record.ts";
import type { AutoResolveStatus } from "../domain/auto-resolve.ts";
import type { Instant } from "../domain/instant.ts";

export type Merge =
  | { readonly kind: "new"; readonly record: AlertRecord }
  | { readonly kind: "changed"; readonly record: AlertRecord }
  | { readonly kind: "unchanged" };

/**
 * What an alert as just read means for our copy. Pure and idempotent: the same alert read again is unchanged, an older
 * version of it (a page read late) never overwrites a newer one.
 */
export function mergeAlert(input: {
  accountId: string;
  tenantId: string;
  read: Alert;
  known: AlertRecord | null;
  baseline: boolean;
  now: Instant;
}): Merge {
  const { known, read, now } = input;
  if (known === null) return { kind: "new", record: firstRecord(input) };
  if (read.updatedAt < known.alert.updatedAt || isDeepStrictEqual(read, known.alert)) return { kind: "unchanged" };
  // An alert that could once be read is never replaced by an unreadable copy of itself.
  if (read.unreadable && !known.alert.unreadable) return { kind: "unchanged" };
  // Our own writes come back with a new time and our comment: nothing that a card shows or policy looks at.
  if (looksSame(known.alert, read)) return { kind: "changed", record: { ...known, alert: read, confirmedAt: now } };
  return { kind: "changed", record: withReading(known, read, now) };
}

function looksSame(left: Alert, right: Alert): boolean {
  return isDeepStrictEqual({ ...left, updatedAt: "", comments: [] }, { ...right, updatedAt: "", comments: [] });
}

function firstRecord(input: {
  accountId: string;
  tenantId: string;
  read: Alert;
  baseline: boolean;
  now: Instant;
}): AlertRecord {
  const { read, now, baseline } = input;
  return {
    accountId: input.accountId,
    tenantId: input.tenantId,
    alert: read,
    baseline,
    revision: 1,
    settledRevision: baseline ? 1 : 0,
    firstSeenAt: now,
    confirmedAt: now,
    nextSettleAt: baseline ? null : now,
    nextAnnounceAt: null,
    autoResolve: baseline
      ? { kind: "notResolved", reason: "olderThanLink", origin: { level: "default", by: null, at: null } }
      : { kind: "undecided" },
    claim: null,
    reopened: null,
    resolution:
      read.status === "resolved" ? { by: { kind: "elsewhere" }, at: read.resolvedAt ?? read.updatedAt } : null,
    resolveRequest: null,
  };
}

/** The record with Defender's copy replaced and what that says about people taken in; due to be settled. */
function withReading(known: AlertRecord, read: Alert, now: Instant): AlertRecord {
  const reopenedNow = known.alert.status === "resolved" && read.status !== "resolved" && read.status !== "unknown";
  const resolvedNow = known.alert.status !== "resolved" && read.status === "resolved";
  const reopened: Reopening | null = reopenedNow ? { by: null, at: read.updatedAt } : known.reopened;
  return {
    ...known,
    alert: read,
    revision: known.revision + 1,
    confirmedAt: now,
    nextSettleAt: now,
    reopened,
    resolution: resolutionAfter(known, read, { reopenedNow, resolvedNow }),
    autoResolve: autoResolveAfter(known.autoResolve, reopenedNow, read.updatedAt),
  };
}

function resolutionAfter(
  known: AlertRecord,
  read: Alert,
  change: { reopenedNow: boolean; resolvedNow: boolean },
): Resolution | null {
  if (change.reopenedNow) return null;
  if (!change.resolvedNow) return known.resolution;
  // Our own resolving may be read back before its answer is recorded: settling finds out whose it was.
  return { by: { kind: "elsewhere" }, at: read.resolvedAt ?? read.updatedAt };
}

function autoResolveAfter(status: AutoResolveStatus, reopenedNow: boolean, at: Instant): AutoResolveStatus {
  if (reopenedNow && status.kind === "resolved") return { kind: "undone", at, by: null };
  return status;
}
