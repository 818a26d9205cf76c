import { retiredAlertCard } from "../../../cards/retired-alert-card.ts";
import type { RetiredCard } from "../../../services/domain/removed-tenant.ts";
import type { CardExamples } from "./card-examples.ts";
import { ACCOUNT, HOSTILE_LONG, LATER, PRIYA, REMOVED, TENANT } from "./example-parts.ts";

const CARD: RetiredCard = {
  accountId: ACCOUNT,
  tenantId: TENANT,
  conversationId: "19:channel",
  activityId: "1",
  alertId: "da638683021_1523410211",
  title: "Suspicious PowerShell command line",
  severity: "high",
  removed: REMOVED,
  dueAt: LATER,
};

export const retiredAlertCardExamples: CardExamples = {
  minimal: () => retiredAlertCard({ card: { ...CARD, severity: "unknown", title: "A" } }),
  typical: () => retiredAlertCard({ card: CARD }),
  worst: () =>
    retiredAlertCard({
      card: {
        ...CARD,
        title: HOSTILE_LONG,
        alertId: HOSTILE_LONG,
        removed: { ...REMOVED, organizationName: HOSTILE_LONG, removedBy: { ...PRIYA, name: HOSTILE_LONG } },
      },
    }),
};
