import type { Alert } from "./alert.ts";
import type { Evidence } from "./evidence.ts";
import { organizationKey } from "./organization.ts";
import type { TenantLink } from "./tenant-link.ts";

/** Of a hostile alert with thousands of pieces of evidence, as much as somebody would look for. */
const EVIDENCE_LIMIT = 50;
const PART_LIMIT = 300;

/** What somebody looks for, folded as the stored text is; "" is found everywhere. */
export function searched(text: string | undefined): string {
  return organizationKey(text ?? "");
}

/** What a link is found by, beside its organization's name: the tenant's name and domain. */
export function linkSearchText(link: TenantLink): string {
  return folded([link.tenantName, link.tenantDomain]);
}

/** What an alert is found by: id, title, and the names in its evidence. */
export function alertSearchText(alert: Alert): string {
  return folded([alert.id, alert.title, ...alert.evidence.slice(0, EVIDENCE_LIMIT).flatMap(namesIn)]);
}

function folded(parts: readonly string[]): string {
  return parts.map((part) => organizationKey(part.slice(0, PART_LIMIT))).join("\n");
}

function namesIn(evidence: Evidence): readonly string[] {
  switch (evidence.kind) {
    case "user":
      return evidence.signInName === null ? [evidence.name] : [evidence.name, evidence.signInName];
    case "device":
    case "file":
    case "process":
      return [evidence.name];
    case "ip":
      return [evidence.address];
    case "url":
      return [evidence.url];
    case "other":
      return [];
  }
}
