import type { Evidence } from "./evidence.ts";
import type { Instant } from "./instant.ts";

export type AlertStatus = "new" | "inProgress" | "resolved" | "unknown";
export type Severity = "unknown" | "informational" | "low" | "medium" | "high";

/** From least to most grave; "unknown" stands lowest, so that no severity ceiling lets it through by accident. */
export const SEVERITIES: readonly Severity[] = ["informational", "low", "medium", "high"];

/** Defender for Endpoint, as Graph names it in `serviceSource`. */
export const DEFENDER_FOR_ENDPOINT = "microsoftDefenderForEndpoint";

/** One comment on an alert; Graph gives comments no id. */
export interface AlertComment {
  readonly text: string;
  readonly by: string | null;
  readonly at: Instant | null;
}

/** Of two copies of the same alert the one that Defender changed last; of two equally old ones the second. */
export function latestCopy(left: Alert, right: Alert): Alert {
  return right.updatedAt >= left.updatedAt ? right : left;
}

/** The last known copy of an alert in Graph `security/alerts_v2`. Text fields are the attacker's: never trusted. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly status: AlertStatus;
  readonly classification: string | null;
  readonly determination: string | null;
  readonly serviceSource: string;
  readonly category: string | null;
  readonly mitreTechniques: readonly string[];
  readonly assignedTo: string | null;
  readonly incidentId: string | null;
  readonly portalUrl: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly firstActivityAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly evidence: readonly Evidence[];
  readonly comments: readonly AlertComment[];
  /** True where only the id and what little could be read is known: shown as such, never dropped. */
  readonly unreadable: boolean;
}
