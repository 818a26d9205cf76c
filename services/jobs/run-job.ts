import { announceAlert } from "../alerts/announce-alert.ts";
import type { AnnounceDeps } from "../alerts/deliver-card.ts";
import { type MarkRetiredCardsDeps, markRetiredCards } from "../alerts/mark-retired-cards.ts";
import { type SettleDeps, settleAlert } from "../alerts/settle-alert.ts";
import { type SyncTenantDeps, syncTenant } from "../alerts/sync-tenant.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { Job } from "../domain/job.ts";
import { type SyncDirectoryDeps, syncDirectory } from "../organizations/sync-directory.ts";
import type { Log } from "../ports/log.ts";
import type { JobEnding } from "../ports/metrics.ts";
import { type AdvanceConsentDeps, advanceConsent } from "../tenants/advance-consent.ts";
import { type AdvanceMoveDeps, advanceMove } from "../tenants/advance-move.ts";
import { type RecheckDeps, recheckPermissions } from "../tenants/recheck-permissions.ts";
import { type WatchCoverageDeps, watchCoverage } from "../tenants/watch-coverage.ts";
import { type WatchCredentialsDeps, watchCredentials } from "../tenants/watch-credentials.ts";

export interface JobDeps extends SyncTenantDeps, SettleDeps, AnnounceDeps {
  readonly consent: AdvanceConsentDeps;
  readonly move: AdvanceMoveDeps;
  readonly removals: MarkRetiredCardsDeps["removals"];
  readonly recheck: RecheckDeps;
  readonly credentials: WatchCredentialsDeps;
  readonly coverage: WatchCoverageDeps;
  readonly directorySync: SyncDirectoryDeps;
  readonly log: Log;
}

/** Carries one job out and tells how it ended. Never throws: a job that fails is logged and found again by the next tick. */
export async function runJob(deps: JobDeps, job: Job): Promise<JobEnding> {
  try {
    await carryOut(deps, job);
    return "done";
  } catch (cause) {
    if (cause instanceof Breakdown && cause.retryable) {
      deps.log.warn("A job is put off.", { job: job.kind, code: cause.code }, cause);
      return "putOff";
    }
    deps.log.error("A job failed.", { job: job.kind }, cause);
    return "failed";
  }
}

async function carryOut(deps: JobDeps, job: Job): Promise<void> {
  switch (job.kind) {
    case "sync-tenant":
      await syncTenant(deps, job);
      return;
    case "settle-alert":
      return await settleAlert(deps, job);
    case "announce-alert":
      return await announceAlert(deps, job);
    case "check-permissions":
      await recheckPermissions(deps.recheck, { ...job, by: null });
      return;
    case "watch-credentials":
      return await watchCredentials(deps.credentials);
    case "watch-coverage":
      return await watchCoverage(deps.coverage);
    case "advance-consent":
      return await advanceConsent(deps.consent, job);
    case "advance-move":
      return await advanceMove(deps.move, job);
    case "mark-retired-cards":
      return await markRetiredCards(deps, job);
    case "sync-directory":
      return await syncDirectory(deps.directorySync, job);
  }
}
