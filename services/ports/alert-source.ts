import type { Alert, AlertComment, AlertStatus } from "../domain/alert.ts";
import type { Instant } from "../domain/instant.ts";

export interface AlertPage {
  /** In the order Graph gave them (newest first); an alert may stand on two pages when the list shifts under the read. */
  readonly alerts: readonly Alert[];
}

export interface AlertChange {
  readonly status?: Exclude<AlertStatus, "unknown">;
  readonly assignedTo?: string | null;
}

/**
 * A tenant's alerts in Defender, by Microsoft Graph `security/alerts_v2`
 * (https://learn.microsoft.com/graph/api/security-list-alerts_v2). Each method throws Breakdown with a code that names
 * what the tenant's state is (throttled, not-answering, unauthorized, permission-missing, consent-missing, ...).
 */
export interface AlertSource {
  /** Every alert whose lastUpdateDateTime is at or after `changedSince`, page by page; with `openOnly`, not the resolved ones. */
  pages(input: { tenantId: string; changedSince: Instant; openOnly: boolean }): AsyncIterable<AlertPage>;
  /** One alert as Defender has it now; null when Defender does not know it (any more). */
  get(input: { tenantId: string; alertId: string }): Promise<Alert | null>;
  /** Changes status or assignment and gives back the alert as Defender has it then. Idempotent. */
  update(input: { tenantId: string; alertId: string; change: AlertChange }): Promise<Alert>;
  /** Appends a comment and gives back all comments. Not idempotent: Graph keeps no key. */
  comment(input: { tenantId: string; alertId: string; text: string }): Promise<readonly AlertComment[]>;
}
