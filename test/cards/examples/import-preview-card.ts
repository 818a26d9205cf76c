import { importPreviewCard } from "../../../cards/import-preview-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, times } from "./example-parts.ts";

const importId = "3f0c";

export const importPreviewCardExamples: CardExamples = {
  minimal: () => importPreviewCard({ importId, plan: { fresh: [{ line: 1, text: "Adatum" }], same: [], wrong: [] } }),
  typical: () =>
    importPreviewCard({
      importId,
      plan: {
        fresh: ["Adatum", "Contoso Dental", "Northwind Traders"].map((text, at) => ({ line: at + 2, text })),
        same: [
          { line: 5, text: "Tailspin Toys", firstLine: null },
          { line: 6, text: "ADATUM", firstLine: 2 },
        ],
        wrong: [{ line: 7, text: "", reason: "empty" }],
      },
    }),
  worst: () =>
    importPreviewCard({
      importId,
      plan: {
        fresh: times(50_000, (line) => ({ line, text: HOSTILE })),
        same: times(3_000, (line) => ({ line, text: HOSTILE_LONG, firstLine: line % 2 === 0 ? null : 1 })),
        wrong: times(3_000, (line) => ({
          line,
          text: HOSTILE_LONG,
          reason: line % 2 === 0 ? "tooLong" : "unreadable",
        })),
      },
    }),
  more: {
    nothingNew: () =>
      importPreviewCard({
        importId,
        plan: { fresh: [], same: [{ line: 1, text: "Adatum", firstLine: null }], wrong: [] },
      }),
  },
};
