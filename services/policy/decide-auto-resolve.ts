import { type Alert, SEVERITIES, type Severity } from "../domain/alert.ts";
import type { AlertRecord } from "../domain/alert-record.ts";
import type { NotResolvedReason } from "../domain/auto-resolve.ts";
import { threatIsActive } from "../domain/evidence.ts";
import type { EffectiveSettings, SettingOrigin } from "../domain/policy-settings.ts";
import type { TenantLink } from "../domain/tenant-link.ts";

export type AutoResolveDecision =
  | { readonly kind: "resolve"; readonly comment: boolean; readonly origin: SettingOrigin }
  | { readonly kind: "leave"; readonly reason: NotResolvedReason; readonly origin: SettingOrigin };

/** Defender's own automation stands in `assignedTo` under this name; it is not a person who took the alert. */
const AUTOMATION_ASSIGNEE = "automation";

/**
 * Whether policy resolves this alert now, with the reason that log, audit and card give. Never for an alert whose
 * effective setting is off, that is older than the link, or that a person has taken, reopened or classified (promise 4).
 */
export function decideAutoResolve(
  record: AlertRecord,
  link: TenantLink,
  settings: EffectiveSettings,
): AutoResolveDecision {
  const { alert } = record;
  const leave = (reason: NotResolvedReason, origin = settings.autoResolve.origin): AutoResolveDecision => ({
    kind: "leave",
    reason,
    origin,
  });
  if (alert.unreadable) return leave("unreadable");
  if (link.state === "paused") return leave("paused");
  if (record.reopened !== null) return leave("reopened");
  if (record.claim !== null || isTaken(alert)) return leave("taken");
  if (isClassified(alert)) return leave("classified");
  if (alert.status === "resolved") return leave("alreadyResolved");
  if (alert.status === "unknown") return leave("statusUnknown");
  if (record.baseline || alert.createdAt < link.linkedAt) return leave("olderThanLink");
  if (!settings.autoResolve.value) return leave("off");
  if (!settings.sources.value.includes(alert.serviceSource)) return leave("otherSource", settings.sources.origin);
  if (isAbove(alert.severity, settings.upToSeverity.value)) {
    return leave("severityAboveLimit", settings.upToSeverity.origin);
  }
  if (settings.holdWhileActive.value && threatIsActive(alert.evidence)) {
    return leave("threatActive", settings.holdWhileActive.origin);
  }
  return { kind: "resolve", comment: settings.comment.value, origin: settings.autoResolve.origin };
}

/** In progress, or assigned to somebody: a person works on it. */
function isTaken(alert: Alert): boolean {
  const assignee = alert.assignedTo?.trim().toLowerCase() ?? "";
  return alert.status === "inProgress" || (assignee !== "" && assignee !== AUTOMATION_ASSIGNEE);
}

function isClassified(alert: Alert): boolean {
  return alert.classification !== null && alert.classification !== "unknown";
}

/** An unknown severity may be any: it passes only where there is no ceiling. */
function isAbove(severity: Severity, limit: Severity): boolean {
  if (limit === "high") return false;
  if (severity === "unknown") return true;
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(limit);
}
