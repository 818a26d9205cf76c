import { organizationsCard } from "../../../cards/organizations-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, times } from "./example-parts.ts";

export const organizationsCardExamples: CardExamples = {
  minimal: () => organizationsCard({ rows: [], offset: 0, total: 0, hasMore: false, filter: "" }),
  typical: () =>
    organizationsCard({
      rows: [
        { name: "Adatum", tenantName: null },
        { name: "Contoso Dental", tenantName: "Contoso Dental GmbH" },
      ],
      offset: 0,
      total: 12,
      hasMore: true,
      filter: "",
    }),
  worst: () =>
    organizationsCard({
      rows: times(11, () => ({ name: HOSTILE_LONG, tenantName: HOSTILE_LONG })),
      offset: 10,
      total: 400,
      hasMore: true,
      filter: HOSTILE,
    }),
};
