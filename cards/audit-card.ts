import type { AuditRow } from "../services/domain/audit.ts";
import layout from "./audit-card.json" with { type: "json" };
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { datedTimeWords } from "./time-words.ts";

type AuditLine = {
  readonly what: string;
  readonly hasChange: boolean;
  readonly change: string;
  readonly who: string;
};

type AuditCardData = {
  readonly hasUnderstood: boolean;
  readonly understood: string;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly rows: readonly AuditLine[];
  readonly hasRows: boolean;
  readonly shown: string;
  readonly filter: string;
  readonly exportWords: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly hasNext: boolean;
  readonly nextOffset: string;
};

/** A row with the name of the conversation it was asked in; null for what Watchdesk did by itself. */
export interface PlacedAuditRow {
  readonly row: AuditRow;
  readonly where: string | null;
}

const PHASES: Readonly<Record<AuditRow["phase"], string>> = { intended: " (begun)", outcome: " (outcome)", done: "" };

const render = compileCard<AuditCardData>(layout);

/** A page of the audit log: what was done, from what to what, by whom, where and when; `understood` says what is shown. */
export function auditCard(input: {
  readonly rows: readonly PlacedAuditRow[];
  readonly understood: string;
  /** As it was typed. */
  readonly filter: string;
  readonly offset: number;
  readonly hasMore: boolean;
}): RenderedCard {
  const rows = input.rows.slice(0, PAGE_SIZE);
  const filter = plainText(input.filter, 200);
  const page = pageWords({ offset: input.offset, count: rows.length, total: null });
  return {
    summary: "Audit log",
    card: render({
      hasUnderstood: input.understood !== "",
      understood: sentences(input.understood, 400),
      isEmpty: rows.length === 0,
      empty: filter === "" ? "Nothing has been recorded yet." : "Nothing in the audit log fits.",
      rows: rows.map(lineOf),
      hasRows: rows.length > 0,
      shown: page.shown === "" ? "Newest first" : `${page.shown}, newest first`,
      filter,
      exportWords: `audit export ${filter}`.trim(),
      hasPrevious: page.hasPrevious,
      previousOffset: page.previousOffset,
      hasNext: input.hasMore,
      nextOffset: page.nextOffset,
    }),
  };
}

function lineOf({ row, where }: PlacedAuditRow): AuditLine {
  const before = inertText(row.before ?? "", 100);
  const after = inertText(row.after ?? "", 100);
  const actor = row.actor.kind === "watchdesk" ? "Watchdesk" : inertText(row.actor.name, 60);
  const place = where === null ? "" : ` in ${inertText(where, 80)}`;
  return {
    what: `${verbWords(row.verb)}: ${inertText(row.target, 100)}${PHASES[row.phase]}`,
    hasChange: before !== "" || after !== "",
    change: before === "" ? after : `${before} → ${after === "" ? "nothing" : after}`,
    who: `${actor}${place}, ${datedTimeWords(row.at)}`,
  };
}

/** "settings.change" -> "Settings change". */
function verbWords(verb: string): string {
  const words = verb
    .replaceAll(".", " ")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
  return inertText(words.charAt(0).toUpperCase() + words.slice(1), 60);
}
