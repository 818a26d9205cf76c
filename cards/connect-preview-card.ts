import type { PlannedLine } from "../services/tenants/plan-connections.ts";
import { wrongLineWords } from "../services/tenants/wrong-line-words.ts";
import layout from "./connect-preview-card.json" with { type: "json" };
import { countWords } from "./count-words.ts";
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type Section = {
  readonly title: string;
  readonly rows: readonly { readonly text: string }[];
  readonly hasMore: boolean;
  readonly more: string;
};

type ConnectPreviewCardData = {
  readonly counts: string;
  readonly sections: readonly Section[];
  readonly next: string;
  readonly smallPrint: string;
  readonly canConfirm: boolean;
  readonly confirmTitle: string;
  readonly listId: string;
};

/** Lines shown of each kind; the counts tell of the others. */
const SHOWN = 10;

const render = compileCard<ConnectPreviewCardData>(layout);

/** What connecting a list of organizations would do, kind by kind, each with its line; nothing is made before it is confirmed. */
export function connectPreviewCard(input: {
  readonly listId: string;
  readonly lines: readonly PlannedLine[];
}): RenderedCard {
  const of = (...kinds: readonly PlannedLine["kind"][]) => input.lines.filter(({ kind }) => kinds.includes(kind));
  const known = of("known");
  const fresh = of("new");
  const open = of("open");
  const problems = of("same", "wrong");
  const made = known.length + fresh.length;
  const canConfirm = made + open.length > 0;
  const counts = `${countWords(made, "link")} to make, ${number(open.length)} open already, ${number(of("linked").length)} connected already, ${countWords(problems.length, "line")} with a problem`;
  return {
    summary: `Connect tenants: ${counts}`,
    card: render({
      counts: `${counts}.`,
      sections: [
        section("Get a link", known, withDomain),
        section("Are added and get a link", fresh, withDomain),
        section("Keep their open link", open, nameOf),
        section("Connected already", of("linked"), nameOf),
        section("Problems", problems, problemWords),
      ].filter(({ rows }) => rows.length > 0),
      next: canConfirm
        ? "You get a CSV file with a consent link for each, good for 7 days. Without a domain you are asked to confirm the tenant once its administrator has consented."
        : "There is no link to make.",
      smallPrint: canConfirm ? "This preview holds for an hour." : "Say “connect tenants” to try another list.",
      canConfirm,
      confirmTitle: made === 0 ? "Give me the file" : `Make ${countWords(made, "link")}`,
      listId: plainText(input.listId, 100),
    }),
  };
}

function section(kind: string, all: readonly PlannedLine[], words: (line: PlannedLine) => string): Section {
  const hidden = all.length - SHOWN;
  return {
    title: `${kind} (${number(all.length)})`,
    rows: all.slice(0, SHOWN).map((line) => ({ text: words(line) })),
    hasMore: hidden > 0,
    more: `and ${number(hidden)} more`,
  };
}

function nameOf({ name }: PlannedLine): string {
  return inertText(name, 80);
}

function withDomain({ name, domain }: PlannedLine): string {
  return domain === null ? inertText(name, 80) : `${inertText(name, 80)} · ${inertText(domain, 100)}`;
}

function problemWords(line: PlannedLine): string {
  const where = `Line ${line.line}: ${inertText(line.name, 40)}`;
  if (line.kind === "same") return `${where} · the same as line ${line.firstLine}`;
  return line.kind === "wrong" ? `${where} · ${wrongLineWords(line.reason)}` : where;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
