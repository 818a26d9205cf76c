import { alertsCard } from "../../../cards/alerts-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, LATER, PRIYA, recordOf, times } from "./example-parts.ts";

export const alertsCardExamples: CardExamples = {
  minimal: () => alertsCard({ title: "Alerts", rows: [], offset: 0, hasMore: false, filter: "" }),
  typical: () =>
    alertsCard({
      title: "Open alerts of Contoso Dental",
      rows: [
        { record: recordOf(), organizationName: "Contoso Dental" },
        {
          record: recordOf(
            { claim: { by: PRIYA, at: LATER, inDefender: true } },
            { severity: "low", status: "inProgress" },
          ),
          organizationName: "Contoso Dental",
        },
      ],
      offset: 0,
      hasMore: true,
      filter: "contoso open",
    }),
  worst: () =>
    alertsCard({
      title: HOSTILE_LONG,
      rows: times(12, () => ({ record: recordOf({}, { title: HOSTILE_LONG }), organizationName: HOSTILE_LONG })),
      offset: 20,
      hasMore: true,
      filter: HOSTILE,
    }),
};
