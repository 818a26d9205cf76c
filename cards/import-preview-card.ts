import type { ImportPlan, WrongName } from "../services/organizations/plan-import.ts";
import { countWords } from "./count-words.ts";
import layout from "./import-preview-card.json" with { type: "json" };
import { inertText, plainText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";

type Section = {
  readonly title: string;
  readonly rows: readonly { readonly text: string }[];
  readonly hasMore: boolean;
  readonly more: string;
};

type ImportPreviewCardData = {
  readonly counts: string;
  readonly sections: readonly Section[];
  readonly next: string;
  readonly canConfirm: boolean;
  readonly confirmTitle: string;
  readonly importId: string;
};

/** Names shown of each kind; the counts tell of the others. */
const SHOWN = 20;

const render = compileCard<ImportPreviewCardData>(layout);

/** What an import would add, what is there already and what is no name, each with its line; nothing is added before Confirm. */
export function importPreviewCard(input: { readonly importId: string; readonly plan: ImportPlan }): RenderedCard {
  const { fresh, same, wrong } = input.plan;
  const counts = [`${number(fresh.length)} new`, `${number(same.length)} same`, `${number(wrong.length)} wrong`].join(
    ", ",
  );
  const canConfirm = fresh.length > 0;
  return {
    summary: `Import organizations: ${counts}`,
    card: render({
      counts: `${counts}.`,
      sections: [
        section("New", fresh, ({ text }) => inertText(text, 80)),
        section("Same", same, ({ text, line, firstLine }) =>
          firstLine === null
            ? `${inertText(text, 80)} (line ${line}): in your list already`
            : `${inertText(text, 80)} (line ${line}): the same as line ${firstLine}`,
        ),
        section("Wrong", wrong, ({ text, line, reason }) => `Line ${line}: ${wrongWords(text, reason)}`),
      ].filter(({ rows }) => rows.length > 0),
      next: canConfirm
        ? "Only new names are added, none is changed or removed. This preview holds for an hour."
        : "There is nothing to add.",
      canConfirm,
      confirmTitle: `Add ${countWords(fresh.length, "organization")}`,
      importId: plainText(input.importId, 100),
    }),
  };
}

function section<Row>(kind: string, all: readonly Row[], words: (row: Row) => string): Section {
  const hidden = all.length - SHOWN;
  return {
    title: `${kind} (${number(all.length)})`,
    rows: all.slice(0, SHOWN).map((row) => ({ text: words(row) })),
    hasMore: hidden > 0,
    more: `and ${number(hidden)} more`,
  };
}

function wrongWords(text: string, reason: WrongName): string {
  switch (reason) {
    case "empty":
      return "no name";
    case "tooLong":
      return `longer than 80 characters: ${inertText(text, 40)}`;
    case "unreadable":
      return `characters that cannot be seen, or none that can be read: ${inertText(text, 40)}`;
  }
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
