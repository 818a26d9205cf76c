/** Work for the queue. Jobs carry ids only; the account is read from the link, never from the job. */
export type Job =
  | { readonly kind: "sync-tenant"; readonly tenantId: string }
  | { readonly kind: "settle-alert"; readonly tenantId: string; readonly alertId: string }
  | { readonly kind: "announce-alert"; readonly tenantId: string; readonly alertId: string }
  | { readonly kind: "advance-consent"; readonly journeyId: string };

/** The same job has the same key: it waits in the queue once. */
export function jobKey(job: Job): string {
  switch (job.kind) {
    case "sync-tenant":
      return `${job.kind}:${job.tenantId}`;
    case "settle-alert":
    case "announce-alert":
      return `${job.kind}:${job.tenantId}:${job.alertId}`;
    case "advance-consent":
      return `${job.kind}:${job.journeyId}`;
  }
}
