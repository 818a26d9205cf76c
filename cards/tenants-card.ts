import type { ConsentJourney } from "../services/domain/consent-journey.ts";
import type { TenantState } from "../services/domain/tenant-link.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import { consentStateWords } from "./consent-state-words.ts";
import { coverageWords } from "./coverage-words.ts";
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { tenantStateWords } from "./tenant-state-words.ts";
import layout from "./tenants-card.json" with { type: "json" };
import { datedTimeWords } from "./time-words.ts";

type WaitingRow = {
  readonly organization: string;
  readonly state: string;
  readonly stateColour: string;
  readonly ends: string;
};

type TenantRow = {
  readonly organization: string;
  readonly state: string;
  readonly stateColour: string;
  readonly openAlerts: string;
  readonly lastSynced: string;
  readonly coverage: string;
  readonly tenantId: string;
};

type TenantsCardData = {
  readonly hasCounts: boolean;
  readonly counts: string;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly waiting: readonly WaitingRow[];
  readonly rows: readonly TenantRow[];
  readonly hasShown: boolean;
  readonly shown: string;
  readonly canFilter: boolean;
  readonly filter: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly hasNext: boolean;
  readonly nextOffset: string;
  readonly noneYet: boolean;
};

export type TenantCounts = Readonly<Partial<Record<TenantState, number>>>;

const STATES: readonly TenantState[] = [
  "consentRevoked",
  "credentialFailing",
  "defenderNotAvailable",
  "notAnswering",
  "permissionsMissing",
  "paused",
  "connected",
];

const render = compileCard<TenantsCardData>(layout);

/** The console: counts by state, trouble first, then a page of tenants. Journeys that wait stand on the first page. */
export function tenantsCard(input: {
  readonly counts: TenantCounts;
  readonly waiting: readonly ConsentJourney[];
  readonly rows: readonly TenantOverview[];
  readonly filter: string;
  readonly offset: number;
  readonly total: number;
}): RenderedCard {
  const { counts, waiting, rows, offset, total } = input;
  const filter = plainText(input.filter, 100);
  const page = pageWords({ offset, count: rows.length, total });
  const isEmpty = total === 0 && (waiting.length === 0 || filter !== "");
  const noneYet = total === 0 && waiting.length === 0 && filter === "";
  return {
    summary: `Tenants: ${total}${waiting.length === 0 ? "" : `, ${waiting.length} waiting for consent`}`,
    card: render({
      hasCounts: total > 0 || waiting.length > 0,
      counts: countWords(counts, waiting.length),
      isEmpty,
      empty: noneYet
        ? "No tenant is connected yet. Say “connect tenant” to connect the first."
        : `No tenant matches “${inertText(input.filter, 100)}”.`,
      waiting: offset === 0 ? waiting.slice(0, PAGE_SIZE).map(waitingRow) : [],
      rows: rows.slice(0, PAGE_SIZE).map(tenantRow),
      hasShown: page.shown !== "",
      shown: page.shown,
      canFilter: total > PAGE_SIZE || filter !== "",
      filter,
      hasPrevious: page.hasPrevious,
      previousOffset: page.previousOffset,
      hasNext: offset + rows.length < total,
      nextOffset: page.nextOffset,
      noneYet,
    }),
  };
}

function countWords(counts: TenantCounts, waiting: number): string {
  const parts = STATES.flatMap((state) => {
    const { icon, word } = tenantStateWords(state);
    const count = counts[state] ?? 0;
    return count === 0 ? [] : [`${icon}\u00A0${count} ${word.toLowerCase()}`];
  });
  if (waiting > 0) parts.push(`○\u00A0${waiting} waiting for consent`);
  return parts.join(" · ");
}

function waitingRow(journey: ConsentJourney): WaitingRow {
  const words = consentStateWords(journey.state);
  return {
    organization: inertText(journey.organizationName, 80),
    state: `${words.icon} ${words.word}`,
    stateColour: words.colour,
    ends: `Link ends ${datedTimeWords(journey.expiresAt)}`,
  };
}

function tenantRow(overview: TenantOverview): TenantRow {
  const words = tenantStateWords(overview.link.state);
  const known = coverageWords(overview);
  return {
    organization: inertText(overview.organizationName, 80),
    state: `${words.icon} ${words.word}`,
    stateColour: words.colour,
    openAlerts: `Open alerts: ${known.openAlerts}`,
    lastSynced: `Last synced: ${known.lastSynced}`,
    coverage: `Coverage: ${known.coverage}`,
    tenantId: plainText(overview.link.tenantId, 100),
  };
}
