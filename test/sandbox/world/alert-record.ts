/** A comment as Graph returns it on an alert. */
interface AlertComment {
  "@odata.type": "#microsoft.graph.security.alertComment";
  comment: string;
  createdByDisplayName: string;
  createdDateTime: string;
}

/** An alert in Graph's documented alerts_v2 shape; enum fields are texts, since templates carry unknown members too. */
export interface AlertBody {
  "@odata.type": "#microsoft.graph.security.alert";
  id: string;
  providerAlertId: string | null;
  incidentId: string | null;
  status: string;
  severity: string;
  classification: string | null;
  determination: string | null;
  serviceSource: string;
  detectionSource: string | null;
  productName: string | null;
  detectorId: string | null;
  tenantId: string;
  title: string | null;
  description: string | null;
  recommendedActions: string | null;
  category: string | null;
  categories: string[];
  assignedTo: string | null;
  alertWebUrl: string | null;
  incidentWebUrl: string | null;
  actorDisplayName: string | null;
  threatDisplayName: string | null;
  threatFamilyName: string | null;
  investigationState: string | null;
  mitreTechniques: string[];
  createdDateTime: string;
  lastUpdateDateTime: string;
  resolvedDateTime: string | null;
  firstActivityDateTime: string | null;
  lastActivityDateTime: string | null;
  comments: AlertComment[];
  evidence: Record<string, unknown>[];
  systemTags: string[];
  alertPolicyId: string | null;
  additionalData: Record<string, unknown> | null;
  customDetails: Record<string, unknown> | null;
}

/** An alert and from when on Graph's answers hold it (milliseconds since 1970). */
export interface AlertRecord {
  body: AlertBody;
  createdMs: number;
  lastUpdateMs: number;
  visibleMs: number;
  /** Arrival order, which breaks ties between equal times. */
  order: number;
}

/** Graph writes instants with seven fractional digits. */
export function graphInstant(date: Date): string {
  return date.toISOString().replace("Z", "0000Z");
}
