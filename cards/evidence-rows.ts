import type { Evidence } from "../services/domain/evidence.ts";
import { defang } from "./defang.ts";
import { alertText, inertText } from "./plain-text.ts";

/** One piece of evidence on the alert card. */
export type EvidenceRow = {
  readonly evidenceHead: string;
  readonly evidenceText: string;
  readonly evidenceDetail: string;
  readonly hasEvidenceDetail: boolean;
};

/** More would make the card too heavy for Teams; the rest is in the portal. */
export const EVIDENCE_LIMIT = 20;

/** The evidence as rows, addresses defanged; at most EVIDENCE_LIMIT of them. */
export function evidenceRows(evidence: readonly Evidence[]): readonly EvidenceRow[] {
  return evidence.slice(0, EVIDENCE_LIMIT).map(rowOf);
}

function rowOf(item: Evidence): EvidenceRow {
  switch (item.kind) {
    case "device":
      return row(item, "Device", inertText(item.name, 120), null);
    case "user":
      return row(item, "User", inertText(item.name, 120), item.signInName);
    case "file":
      return row(item, "File", inertText(item.name, 160), joined(item.path, hashOf(item.sha256, item.sha1)));
    case "process": {
      const id = item.processId === null ? "" : ` (process ${item.processId})`;
      return row(item, "Process", `${inertText(item.name, 160)}${id}`, item.commandLine);
    }
    case "ip":
      return row(item, "IP address", inertText(defang(item.address), 80), null);
    case "url":
      return row(item, "URL", inertText(defang(item.url), 300), null);
    case "other":
      return row(item, "Other", inertText(item.type, 80), null);
  }
}

function row(item: Evidence, kind: string, text: string, detail: string | null): EvidenceRow {
  const remediation = remediationWords(item.remediation);
  return {
    evidenceHead: remediation === "" ? kind : `${kind} · ${remediation}`,
    evidenceText: text,
    evidenceDetail: alertText(detail ?? "", 320),
    hasEvidenceDetail: detail !== null && detail !== "",
  };
}

/** "pendingApproval" -> "pending approval"; nothing where Defender says none. */
function remediationWords(remediation: string): string {
  if (remediation === "" || remediation === "none" || remediation === "unknownFutureValue") return "";
  return inertText(remediation.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(), 40);
}

function hashOf(sha256: string | null, sha1: string | null): string | null {
  if (sha256 !== null) return `SHA-256 ${sha256}`;
  return sha1 === null ? null : `SHA-1 ${sha1}`;
}

function joined(first: string | null, second: string | null): string | null {
  const parts = [first, second].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : parts.join(" · ");
}
