import { removeTenantCard } from "../../../cards/remove-tenant-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG, LATER, SPRING, TENANT } from "./example-parts.ts";

const TYPICAL = {
  tenantId: TENANT,
  tenantName: "Contoso Dental GmbH",
  tenantDomain: "contoso-dental.example",
  organizationId: "organization-1",
  linkedAt: SPRING,
  problem: null,
  organizationName: "Contoso Dental",
};
const download = { url: "https://bot.example/download/k3yk3yk3yk3yk3yk3yk3yk3y", endsAt: LATER };

export const removeTenantCardExamples: CardExamples = {
  minimal: () => removeTenantCard({ ...TYPICAL, things: { alerts: 0, cards: 0, settings: 0 }, download: null }),
  typical: () => removeTenantCard({ ...TYPICAL, things: { alerts: 41, cards: 3, settings: 1 }, download: null }),
  worst: () =>
    removeTenantCard({
      tenantId: TENANT,
      organizationId: "organization-1",
      linkedAt: SPRING,
      problem: HOSTILE_LONG,
      tenantName: HOSTILE_LONG,
      tenantDomain: HOSTILE_LONG,
      organizationName: HOSTILE_LONG,
      things: { alerts: 123_456, cards: 10_000, settings: 5 },
      download,
    }),
  more: {
    connectedAnew: () =>
      removeTenantCard({
        ...TYPICAL,
        problem:
          "This tenant was connected anew by Priya Nair, 14:02 UTC, 22 Nov, after this card was made. Nothing was removed; look again.",
        things: { alerts: 2, cards: 1, settings: 0 },
        download: null,
      }),
    exported: () => removeTenantCard({ ...TYPICAL, things: { alerts: 41, cards: 3, settings: 1 }, download }),
  },
};
