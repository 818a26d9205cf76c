import type { AuditRow } from "../services/domain/audit.ts";
import layout from "./audit-card.json" with { type: "json" };
import { inertText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { datedTimeWords } from "./time-words.ts";

type AuditLine = {
  readonly what: string;
  readonly hasChange: boolean;
  readonly change: string;
  readonly who: string;
};

type AuditCardData = {
  readonly isEmpty: boolean;
  readonly rows: readonly AuditLine[];
  readonly hasMore: boolean;
  readonly more: string;
};

/** More would make the card too heavy to read. */
const LINE_LIMIT = 20;

const PHASES: Readonly<Record<AuditRow["phase"], string>> = { intended: " (begun)", outcome: " (outcome)", done: "" };

const render = compileCard<AuditCardData>(layout);

/** The newest lines of the audit log: what was done, from what to what, by whom and when. */
export function auditCard(input: { readonly rows: readonly AuditRow[] }): RenderedCard {
  const { rows } = input;
  return {
    summary: "Audit log",
    card: render({
      isEmpty: rows.length === 0,
      rows: rows.slice(0, LINE_LIMIT).map(lineOf),
      hasMore: rows.length > LINE_LIMIT,
      more: `${rows.length - LINE_LIMIT} older lines are not shown.`,
    }),
  };
}

function lineOf(row: AuditRow): AuditLine {
  const before = inertText(row.before ?? "", 100);
  const after = inertText(row.after ?? "", 100);
  const actor = row.actor.kind === "watchdesk" ? "Watchdesk" : inertText(row.actor.name, 60);
  return {
    what: `${verbWords(row.verb)}: ${inertText(row.target, 100)}${PHASES[row.phase]}`,
    hasChange: before !== "" || after !== "",
    change: before === "" ? after : `${before} → ${after === "" ? "nothing" : after}`,
    who: `${actor}, ${datedTimeWords(row.at)}`,
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
