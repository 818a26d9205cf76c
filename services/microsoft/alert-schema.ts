import { z } from "zod";
import type { Alert, AlertComment } from "../domain/alert.ts";
import type { Instant } from "../domain/instant.ts";
import { readEvidence } from "./evidence-schema.ts";
import { graphInstant, instantInAlertId } from "./graph-instant.ts";

const text = z.string().nullish();
const time = z.iso.datetime({ offset: true }).nullish();

const alertSchema = z.object({
  id: z.string().min(1).max(256),
  title: text,
  description: text,
  severity: text,
  status: text,
  classification: text,
  determination: text,
  serviceSource: text,
  category: text,
  mitreTechniques: z.array(z.unknown()).nullish(),
  assignedTo: text,
  incidentId: z.union([z.string(), z.number()]).nullish(),
  alertWebUrl: z.url({ protocol: /^https$/ }).nullish(),
  createdDateTime: time,
  lastUpdateDateTime: time,
  firstActivityDateTime: time,
  resolvedDateTime: time,
  evidence: z.array(z.unknown()).nullish(),
  comments: z.array(z.unknown()).nullish(),
});
type GraphAlert = z.infer<typeof alertSchema>;

const commentSchema = z.object({
  comment: z.string(),
  createdByDisplayName: text.catch(null),
  createdDateTime: text.catch(null),
});

/** Without these nobody can judge an alert: null is an answer, something of another kind is not. */
const ESSENTIAL: readonly string[] = ["title", "severity", "status", "createdDateTime", "lastUpdateDateTime"];
const NO_TIME: Instant = "1970-01-01T00:00:00.000Z";

type AlertReading =
  /** `dropped` names the fields that were of another kind than documented and count as absent. */
  | { readonly kind: "alert"; readonly alert: Alert; readonly dropped: readonly string[] }
  /** Not even an id: there is nothing that it could be kept under. */
  | { readonly kind: "nothing" };

/**
 * An alert of Graph `security/alerts_v2` in our words. Odd optional fields are dropped; where an essential one is odd,
 * the alert is `unreadable`. Instants are cut to milliseconds; reading the same text twice gives equal alerts.
 */
export function readAlert(raw: unknown): AlertReading {
  const whole = alertSchema.safeParse(raw);
  if (whole.success) return { kind: "alert", alert: toAlert(whole.data, false), dropped: [] };
  if (typeof raw !== "object" || raw === null) return { kind: "nothing" };
  const dropped = [...new Set(whole.error.issues.map((issue) => String(issue.path[0])))];
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !dropped.includes(name)));
  const cleaned = alertSchema.safeParse(rest);
  if (!cleaned.success) return { kind: "nothing" };
  const unreadable = dropped.some((name) => ESSENTIAL.includes(name));
  return { kind: "alert", alert: toAlert(cleaned.data, unreadable), dropped };
}

function toAlert(read: GraphAlert, unreadable: boolean): Alert {
  const firstActivityAt = graphInstant(read.firstActivityDateTime);
  const resolvedAt = graphInstant(read.resolvedDateTime);
  const created = graphInstant(read.createdDateTime);
  const updated = graphInstant(read.lastUpdateDateTime);
  const standIn = instantInAlertId(read.id) ?? firstActivityAt ?? NO_TIME;
  return {
    id: read.id,
    title: read.title?.slice(0, 1_000) ?? "",
    description: read.description?.slice(0, 8_000) ?? "",
    severity: oneOf(["informational", "low", "medium", "high"], read.severity) ?? "unknown",
    status: oneOf(["new", "inProgress", "resolved"], read.status) ?? "unknown",
    classification: said(read.classification),
    determination: said(read.determination),
    serviceSource: read.serviceSource ?? "unknown",
    category: read.category ?? null,
    mitreTechniques: (read.mitreTechniques ?? []).filter((item) => typeof item === "string").slice(0, 50),
    assignedTo: read.assignedTo === "" ? null : (read.assignedTo ?? null),
    incidentId: read.incidentId === null || read.incidentId === undefined ? null : String(read.incidentId),
    portalUrl: read.alertWebUrl ?? null,
    createdAt: created ?? standIn,
    updatedAt: updated ?? resolvedAt ?? created ?? standIn,
    firstActivityAt,
    resolvedAt,
    evidence: readEvidence(read.evidence ?? []),
    comments: readComments(read.comments ?? []),
    unreadable,
  };
}

/** Comments as Graph lists them, oldest first; what is no comment is left out. */
export function readComments(items: readonly unknown[]): readonly AlertComment[] {
  return items.flatMap((item) => {
    const parsed = commentSchema.safeParse(item);
    if (!parsed.success) return [];
    const { comment, createdByDisplayName, createdDateTime } = parsed.data;
    return [{ text: comment, by: createdByDisplayName ?? null, at: graphInstant(createdDateTime) }];
  });
}

/** Some of Microsoft's answers spell enum members with a capital. */
function oneOf<Member extends string>(members: readonly Member[], value: string | null | undefined): Member | null {
  return members.find((member) => member.toLowerCase() === value?.toLowerCase()) ?? null;
}

/** "unknown" is how Graph says that nobody has said anything: it must not look like a person's verdict. */
function said(value: string | null | undefined): string | null {
  return value === null || value === undefined || value === "" || value.toLowerCase() === "unknown" ? null : value;
}
