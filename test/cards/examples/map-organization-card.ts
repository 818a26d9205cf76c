import { mapOrganizationCard } from "../../../cards/map-organization-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, times } from "./example-parts.ts";

const first = { offset: 0, filter: "" };
const nothing = { newOrganization: null, domain: null };

export const mapOrganizationCardExamples: CardExamples = {
  minimal: () => mapOrganizationCard({ ...first, organizations: [], problem: null, values: nothing }),
  typical: () =>
    mapOrganizationCard({
      ...first,
      organizations: ["Contoso Dental", "Northwind Traders", "Adatum"].map((name, at) => ({ id: `org-${at}`, name })),
      problem: null,
      values: nothing,
    }),
  worst: () =>
    mapOrganizationCard({
      organizations: times(300, (at) => ({ id: `org-${at}`, name: HOSTILE_LONG })),
      offset: 100,
      filter: HOSTILE,
      problem: HOSTILE_LONG,
      values: { newOrganization: HOSTILE, domain: HOSTILE },
    }),
};
