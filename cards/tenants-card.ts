import type { ConsentJourney } from "../services/domain/consent-journey.ts";
import type { TenantState } from "../services/domain/tenant-link.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import { consentStateWords } from "./consent-state-words.ts";
import { coverageWords } from "./coverage-words.ts";
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import { type ChartNumber, compileCard, type RenderedCard } from "./render-card.ts";
import { overviewStateWords, tenantStateWords } from "./tenant-state-words.ts";
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

type Slice = { readonly legend: string; readonly count: ChartNumber; readonly colour: string };

type TenantsCardData = {
  readonly hasChart: boolean;
  readonly slices: readonly Slice[];
  readonly hasCounts: boolean;
  readonly counts: string;
  readonly hasUnproven: boolean;
  readonly unproven: string;
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

/** Trouble first. The chart has only colours that mean the same everywhere; which state is which is said in words. */
const STATES: readonly (readonly [TenantState, "attention" | "warning" | "neutral" | "good"])[] = [
  ["consentRevoked", "attention"],
  ["credentialFailing", "attention"],
  ["defenderNotAvailable", "attention"],
  ["notAnswering", "warning"],
  ["permissionsMissing", "warning"],
  ["paused", "neutral"],
  ["connected", "good"],
];
/** One tenant is no chart. */
const CHARTED_FROM = 2;

const render = compileCard<TenantsCardData>(layout);

/** The console: counts by state as a bar and in words, trouble first, then a page of tenants. Journeys that wait stand on the first page. */
export function tenantsCard(input: {
  readonly counts: TenantCounts;
  readonly waiting: readonly ConsentJourney[];
  readonly rows: readonly TenantOverview[];
  readonly filter: string;
  readonly offset: number;
  readonly total: number;
  /** Tenants of the account, whatever the filter, that are not proven read. */
  readonly unproven: number;
}): RenderedCard {
  const { counts, waiting, rows, offset, total, unproven } = input;
  const filter = plainText(input.filter, 100);
  const page = pageWords({ offset, count: rows.length, total });
  const isEmpty = total === 0 && (waiting.length === 0 || filter !== "");
  const noneYet = total === 0 && waiting.length === 0 && filter === "";
  return {
    summary: `Tenants: ${total}${waiting.length === 0 ? "" : `, ${waiting.length} waiting for consent`}`,
    card: render({
      hasChart: total >= CHARTED_FROM,
      slices: slicesOf(counts),
      hasCounts: total > 0 || waiting.length > 0,
      counts: countWords(counts, waiting.length),
      hasUnproven: unproven > 0 && filter === "",
      unproven: unprovenWords(unproven),
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

function slicesOf(counts: TenantCounts): readonly Slice[] {
  return STATES.flatMap(([state, colour]) => {
    const count = counts[state] ?? 0;
    return count === 0 ? [] : [{ legend: tenantStateWords(state).word, count: { chartNumber: count }, colour }];
  });
}

function unprovenWords(count: number): string {
  return count === 1
    ? "△\u00A01 tenant is not proven read up to now: its alerts are shown as unknown."
    : `△\u00A0${count} tenants are not proven read up to now: their alerts are shown as unknown.`;
}

function countWords(counts: TenantCounts, waiting: number): string {
  const parts = STATES.flatMap(([state]) => {
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
  const words = overviewStateWords(overview);
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
