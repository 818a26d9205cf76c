import type { ConsentJourney, ConsentState } from "../domain/consent-journey.ts";
import type { ConsentListRow } from "../domain/consent-list.ts";
import type { Instant } from "../domain/instant.ts";
import type { ConsentStore } from "../ports/stores.ts";
import type { ConsentLinks } from "../tenants/consent-links.ts";
import { consentStage } from "../tenants/consent-stage.ts";
import { type CsvRow, csvText } from "./csv-text.ts";

export interface ConsentLinksCsvDeps {
  readonly consents: Pick<ConsentStore, "get">;
  readonly consentLinks: Pick<ConsentLinks, "urlOf">;
}

const PAGE = 100;

const HEADING: CsvRow = ["Organization", "Domain", "Consent link", "Link ends (UTC)", "State"];

/** The rows of a list of organizations with their consent links, as they are at the moment of the download; a link that works no more is left out. */
export function consentLinksCsv(
  deps: ConsentLinksCsvDeps,
  input: { accountId: string; rows: readonly ConsentListRow[]; now: Instant },
): AsyncGenerator<string> {
  return csvText(HEADING, pagesOf(deps, input));
}

async function* pagesOf(
  deps: ConsentLinksCsvDeps,
  { accountId, rows, now }: { accountId: string; rows: readonly ConsentListRow[]; now: Instant },
): AsyncGenerator<readonly CsvRow[]> {
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = rows.slice(from, from + PAGE);
    yield await Promise.all(
      page.map(async (row) => {
        const journey = row.journeyId === null ? null : ((await deps.consents.get(row.journeyId))?.value ?? null);
        const own = journey?.accountId === accountId ? journey : null;
        return cellsOf(deps, row, own, now);
      }),
    );
  }
}

function cellsOf(deps: ConsentLinksCsvDeps, row: ConsentListRow, journey: ConsentJourney | null, now: Instant): CsvRow {
  const { organizationName, domain, problem } = row;
  const live = journey !== null && consentStage(journey, now) === "live";
  const link = live ? [deps.consentLinks.urlOf(journey.id), journey.expiresAt] : ["", ""];
  const state = stateWords(row, journey, live);
  return [
    organizationName,
    domain ?? "",
    ...link,
    problem === null || row.state === "problem" ? state : `${state}: ${problem}`,
  ];
}

function stateWords(row: ConsentListRow, journey: ConsentJourney | null, live: boolean): string {
  if (row.state === "linked") return "linked already";
  if (row.state === "problem") return row.problem ?? "";
  if (journey === null) return "the link is no longer known";
  if (live) return row.state;
  const since = SINCE[journey.state];
  // Past its end before the job has written it down.
  return since ?? "ended: not used in time";
}

/** What a link that was made, and works no more, came to. */
const SINCE: Readonly<Partial<Record<ConsentState, string>>> = {
  awaitingConfirmation: "consented, waits for confirmation in chat",
  granted: "consented, being checked",
  checking: "connected, first read under way",
  connected: "connected",
  cancelled: "ended: cancelled or replaced",
  expired: "ended: not used in time",
  failed: "ended: not connected",
  removed: "ended: tenant removed",
};
