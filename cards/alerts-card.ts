import type { AlertRecord } from "../services/domain/alert-record.ts";
import type { AlertsProof } from "../services/domain/alerts-proof.ts";
import { alertStatusWords } from "./alert-status-words.ts";
import layout from "./alerts-card.json" with { type: "json" };
import { alertsProofWords } from "./alerts-proof-words.ts";
import { lifeLine } from "./life-line.ts";
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { alertText, inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { severityWords } from "./severity-words.ts";
import { timeWords } from "./time-words.ts";

type AlertRow = {
  readonly header: string;
  readonly severityColour: string;
  readonly alertTitle: string;
  readonly life: string;
  readonly tenantId: string;
  readonly alertId: string;
};

type AlertsCardData = {
  readonly title: string;
  readonly hasFilter: boolean;
  readonly filterWords: string;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly rows: readonly AlertRow[];
  readonly hasShown: boolean;
  readonly shown: string;
  readonly filter: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly hasNext: boolean;
  readonly nextOffset: string;
};

const render = compileCard<AlertsCardData>(layout);

/** A page of alerts, newest first as they are given; a row shows the alert's own card. */
export function alertsCard(input: {
  readonly title: string;
  readonly rows: readonly { readonly record: AlertRecord; readonly organizationName: string }[];
  readonly offset: number;
  readonly hasMore: boolean;
  /** The words that the list was asked for with; carried to the next page. */
  readonly filter: string;
  /** What is proven where there are no rows; null where nobody asked. */
  readonly proof: AlertsProof | null;
}): RenderedCard {
  const rows = input.rows.slice(0, PAGE_SIZE).map(rowOf);
  const page = pageWords({ offset: input.offset, count: rows.length, total: null });
  const filter = plainText(input.filter, 400);
  return {
    summary: plainText(input.title, 160),
    card: render({
      title: inertText(input.title, 120),
      hasFilter: filter !== "",
      filterWords: inertText(input.filter, 160),
      isEmpty: rows.length === 0,
      empty: input.proof === null ? "No alert that Watchdesk has read matches." : alertsProofWords(input.proof),
      rows,
      hasShown: page.shown !== "",
      shown: page.shown,
      filter,
      hasPrevious: page.hasPrevious,
      previousOffset: page.previousOffset,
      hasNext: input.hasMore,
      nextOffset: page.nextOffset,
    }),
  };
}

function rowOf({ record, organizationName }: { record: AlertRecord; organizationName: string }): AlertRow {
  const { alert } = record;
  const severity = severityWords(alert.severity);
  const title = alert.title.trim() === "" ? "Alert without a title" : alert.title;
  return {
    header: `${severity.icon} ${severity.word} · ${inertText(organizationName, 80)} · ${alertStatusWords(alert.status)}`,
    severityColour: severity.colour,
    alertTitle: alertText(title, 120),
    life: `${timeWords(alert.createdAt)} · ${lifeLine(record)}`,
    tenantId: plainText(record.tenantId, 100),
    alertId: plainText(alert.id, 300),
  };
}
