import { mapOrganizationCard } from "../../../cards/map-organization-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, times } from "./example-parts.ts";

const nothing = { newOrganization: null, domain: null };

export const mapOrganizationCardExamples: CardExamples = {
  minimal: () => mapOrganizationCard({ organizations: [], truncated: false, problem: null, values: nothing }),
  typical: () =>
    mapOrganizationCard({
      organizations: ["Contoso Dental", "Northwind Traders", "Adatum"].map((name, at) => ({ id: `org-${at}`, name })),
      truncated: false,
      problem: null,
      values: nothing,
    }),
  worst: () =>
    mapOrganizationCard({
      organizations: times(300, (at) => ({ id: `org-${at}`, name: HOSTILE_LONG })),
      truncated: true,
      problem: HOSTILE_LONG,
      values: { newOrganization: HOSTILE, domain: HOSTILE },
    }),
};
