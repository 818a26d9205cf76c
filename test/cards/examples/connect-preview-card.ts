import { connectPreviewCard } from "../../../cards/connect-preview-card.ts";
import type { PlannedLine } from "../../../services/tenants/plan-connections.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG } from "./example-parts.ts";

const known = (line: number, name: string, domain: string | null = null): PlannedLine => ({
  kind: "known",
  line,
  name,
  domain,
  organizationId: `o-${line}`,
});

const typical: readonly PlannedLine[] = [
  known(1, "Contoso Dental", "contoso-dental.example"),
  known(2, "Northwind Traders"),
  { kind: "new", line: 3, name: "Fabrikam Logistics", domain: "fabrikam.example" },
  { kind: "open", line: 4, name: "Tailspin Toys", domain: null, organizationId: "o-4" },
  { kind: "linked", line: 5, name: "Adventure Works", domain: null, organizationId: "o-5" },
  { kind: "same", line: 6, name: "contoso dental", domain: null, firstLine: 1 },
  { kind: "wrong", line: 7, name: "Litware", domain: "no domain", reason: "badDomain" },
];

export const connectPreviewCardExamples: CardExamples = {
  minimal: () => connectPreviewCard({ listId: "list-1", lines: [known(1, "Contoso Dental")] }),
  typical: () => connectPreviewCard({ listId: "list-1", lines: typical }),
  worst: () =>
    connectPreviewCard({
      listId: "list-1",
      lines: Array.from({ length: 1_000 }, (_, at): PlannedLine => {
        const shared = { line: at + 1, name: HOSTILE_LONG, domain: HOSTILE };
        if (at % 5 === 0) return { ...shared, kind: "known", organizationId: "o" };
        if (at % 5 === 1) return { ...shared, kind: "new" };
        if (at % 5 === 2) return { ...shared, kind: "open", organizationId: "o" };
        if (at % 5 === 3) return { ...shared, kind: "linked", organizationId: "o" };
        return { ...shared, kind: "wrong", reason: "unreadable" };
      }),
    }),
  more: {
    onlyOpen: () => connectPreviewCard({ listId: "list-1", lines: typical.filter(({ kind }) => kind === "open") }),
    nothing: () => connectPreviewCard({ listId: "list-1", lines: typical.filter(({ kind }) => kind === "linked") }),
  },
};
