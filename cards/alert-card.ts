import type { AlertRecord } from "../services/domain/alert-record.ts";
import layout from "./alert-card.json" with { type: "json" };
import { alertFacts, type Fact } from "./alert-facts.ts";
import { alertStatusWords } from "./alert-status-words.ts";
import { autoResolveWords } from "./auto-resolve-words.ts";
import { defangDomains } from "./defang.ts";
import { EVIDENCE_LIMIT, type EvidenceRow, evidenceRows } from "./evidence-rows.ts";
import { isUnclaimed, lifeLine } from "./life-line.ts";
import { alertText, inertText, plainText } from "./plain-text.ts";
import { portalLink } from "./portal-link.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { severityWords } from "./severity-words.ts";
import { timeWords } from "./time-words.ts";

type AlertCardData = {
  readonly header: string;
  readonly severityColour: string;
  readonly title: string;
  readonly hasDescription: boolean;
  readonly description: string;
  readonly facts: readonly Fact[];
  readonly life: string;
  readonly autoResolve: string;
  readonly hasEvidence: boolean;
  readonly evidenceTitle: string;
  readonly evidence: readonly EvidenceRow[];
  readonly hasMoreEvidence: boolean;
  readonly moreEvidence: string;
  readonly smallPrint: string;
  readonly canClaim: boolean;
  readonly canReopen: boolean;
  readonly hasPortal: boolean;
  readonly portalUrl: string;
  readonly tenantId: string;
  readonly alertId: string;
};

const UNREADABLE = "Only part of this alert could be read. Open it in Defender to see the rest.";

const render = compileCard<AlertCardData>(layout);

/**
 * One alert in the state of the store. Everything in it that came from Defender is an attacker's text and is made inert.
 * The notification reads: severity, organization, title.
 */
export function alertCard(input: { readonly record: AlertRecord; readonly organizationName: string }): RenderedCard {
  const { alert } = input.record;
  const severity = severityWords(alert.severity);
  const title = alert.title.trim() === "" ? "Alert without a title" : alert.title;
  return {
    card: render(dataOf(input, title)),
    summary: `${severity.word} · ${plainText(input.organizationName, 80)} · ${plainText(defangDomains(title.slice(0, 4_000)), 160)}`,
  };
}

function dataOf(input: { record: AlertRecord; organizationName: string }, title: string): AlertCardData {
  const { record } = input;
  const { alert } = record;
  const severity = severityWords(alert.severity);
  const description = alert.unreadable ? UNREADABLE : alertText(alert.description, 160);
  const url = portalLink(alert.portalUrl);
  return {
    header: `${severity.icon} ${severity.word} · ${inertText(input.organizationName, 80)} · ${alertStatusWords(alert.status)}`,
    severityColour: severity.colour,
    title: alertText(title, 200),
    hasDescription: description !== "",
    description,
    facts: alertFacts(alert),
    life: lifeLine(record),
    autoResolve: autoResolveWords(record.autoResolve),
    hasEvidence: alert.evidence.length > 0,
    evidenceTitle: `Evidence (${alert.evidence.length})`,
    evidence: evidenceRows(alert.evidence),
    hasMoreEvidence: alert.evidence.length > EVIDENCE_LIMIT,
    moreEvidence: `${alert.evidence.length - EVIDENCE_LIMIT} more in the Defender portal.`,
    smallPrint: `${inertText(alert.id, 80)} · confirmed with Defender ${timeWords(record.confirmedAt)}`,
    canClaim: canBeClaimed(record),
    canReopen: alert.status === "resolved",
    hasPortal: url !== null,
    portalUrl: url ?? "",
    tenantId: plainText(record.tenantId, 100),
    alertId: plainText(alert.id, 300),
  };
}

/** What Watchdesk resolved by policy stays the team's until somebody claims it; what a person resolved is done. */
function canBeClaimed(record: AlertRecord): boolean {
  if (!isUnclaimed(record)) return false;
  return record.alert.status !== "resolved" || record.resolution?.by.kind === "watchdesk";
}
