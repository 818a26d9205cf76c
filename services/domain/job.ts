/** Work for the queue. Jobs carry ids only; the account is read from the link, never from the job. */
export type Job =
  | { readonly kind: "sync-tenant"; readonly tenantId: string }
  | { readonly kind: "settle-alert"; readonly tenantId: string; readonly alertId: string }
  | { readonly kind: "announce-alert"; readonly tenantId: string; readonly alertId: string }
  | { readonly kind: "advance-consent"; readonly journeyId: string }
  | { readonly kind: "check-permissions"; readonly tenantId: string }
  /** Looks after our own credentials: one for all tenants. */
  | { readonly kind: "watch-credentials" }
  /** Tells admins of tenants that are not read as they should be: one for all tenants. */
  | { readonly kind: "watch-coverage" }
  | { readonly kind: "advance-move"; readonly moveId: string }
  | { readonly kind: "mark-retired-cards"; readonly tenantId: string }
  | { readonly kind: "sync-directory"; readonly accountId: string };

/** The same job has the same key: it waits in the queue once. */
export function jobKey(job: Job): string {
  switch (job.kind) {
    case "sync-tenant":
    case "check-permissions":
    case "mark-retired-cards":
      return `${job.kind}:${job.tenantId}`;
    case "settle-alert":
    case "announce-alert":
      return `${job.kind}:${job.tenantId}:${job.alertId}`;
    case "watch-credentials":
    case "watch-coverage":
      return job.kind;
    case "advance-consent":
      return `${job.kind}:${job.journeyId}`;
    case "advance-move":
      return `${job.kind}:${job.moveId}`;
    case "sync-directory":
      return `${job.kind}:${job.accountId}`;
  }
}
