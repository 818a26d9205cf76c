import { moveTargetCard, TARGET_CHOICES } from "../../../cards/move-target-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG, TENANT, times } from "./example-parts.ts";

const TYPICAL = { tenantId: TENANT, tenantName: "Contoso Dental GmbH", organizationName: "Contoso Dental" };

export const moveTargetCardExamples: CardExamples = {
  minimal: () => moveTargetCard({ ...TYPICAL, organizations: [], problem: null, newOrganization: null }),
  typical: () =>
    moveTargetCard({
      ...TYPICAL,
      organizations: [
        { id: "org-2", name: "Contoso Clinics" },
        { id: "org-3", name: "Fabrikam Logistics" },
      ],
      problem: null,
      newOrganization: null,
    }),
  worst: () =>
    moveTargetCard({
      tenantId: TENANT,
      tenantName: HOSTILE_LONG,
      organizationName: HOSTILE_LONG,
      organizations: times(TARGET_CHOICES + 1, (at) => ({ id: `org-${at}`, name: `${at} ${HOSTILE_LONG}` })),
      problem: HOSTILE_LONG,
      newOrganization: HOSTILE_LONG,
    }),
  more: {
    taken: () =>
      moveTargetCard({
        ...TYPICAL,
        organizations: [{ id: "org-2", name: "Contoso Clinics" }],
        problem: "Fabrikam Logistics has a tenant already: Fabrikam AG. An organization has one tenant.",
        newOrganization: "Fabrikam Logistics",
      }),
  },
};
