import { alertsCard } from "../../../cards/alerts-card.ts";
import type { AlertsProof } from "../../../services/domain/alerts-proof.ts";
import type { CardExamples } from "./card-examples.ts";
import { HOSTILE, HOSTILE_LONG, LATER, NOW, PRIYA, recordOf, times } from "./example-parts.ts";

const NOT_READ: AlertsProof = { kind: "account", unproven: 3, paused: 1 };
const CONTOSO = { kind: "tenant", organizationName: "Contoso Dental", coverage: NOW } as const;

const emptyOf = (proof: AlertsProof) =>
  alertsCard({ title: "Alerts", rows: [], offset: 0, hasMore: false, filter: "", proof });

export const alertsCardExamples: CardExamples = {
  minimal: () => emptyOf(NOT_READ),
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
      proof: null,
    }),
  worst: () =>
    alertsCard({
      title: HOSTILE_LONG,
      rows: times(12, () => ({ record: recordOf({}, { title: HOSTILE_LONG }), organizationName: HOSTILE_LONG })),
      offset: 20,
      hasMore: true,
      filter: HOSTILE,
      proof: null,
    }),
  more: {
    proven: () => emptyOf({ kind: "account", unproven: 0, paused: 0 }),
    provenButPaused: () => emptyOf({ kind: "account", unproven: 0, paused: 2 }),
    tenantProven: () => emptyOf({ ...CONTOSO, proven: true }),
    tenantUnproven: () => emptyOf({ ...CONTOSO, proven: false }),
    tenantNeverRead: () => emptyOf({ ...CONTOSO, organizationName: HOSTILE_LONG, proven: false, coverage: null }),
    noTenant: () => emptyOf({ kind: "noTenant" }),
  },
};
