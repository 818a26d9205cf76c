import { removedTenantCard } from "../../../cards/removed-tenant-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE_LONG, PRIYA, REMOVED } from "./example-parts.ts";

const appId = "33333333-cccc-4ccc-8ccc-000000000003";

export const removedTenantCardExamples: CardExamples = {
  minimal: () => removedTenantCard({ removed: REMOVED, appId, cards: 0 }),
  typical: () => removedTenantCard({ removed: REMOVED, appId, cards: 12 }),
  worst: () =>
    removedTenantCard({
      removed: {
        ...REMOVED,
        tenantName: HOSTILE_LONG,
        organizationName: HOSTILE_LONG,
        removedBy: { ...PRIYA, name: HOSTILE_LONG },
      },
      appId,
      cards: 10_000,
    }),
};
