import { auditCard } from "../../../cards/audit-card.ts";
import type { AuditRow } from "../../../services/domain/audit.ts";
import type { CardExamples } from "./card-examples.ts";
import { ACCOUNT, HOSTILE_LONG, LATER, TENANT, times } from "./example-parts.ts";

const row: AuditRow = {
  accountId: ACCOUNT,
  tenantId: TENANT,
  id: "a-1",
  operationId: "o-1",
  at: LATER,
  phase: "done",
  actor: { kind: "person", id: "p-1", name: "Priya Nair" },
  verb: "settings.change",
  target: "autoResolve of Contoso Dental",
  before: "on",
  after: "off",
  where: null,
};

export const auditCardExamples: CardExamples = {
  minimal: () => auditCard({ rows: [] }),
  typical: () =>
    auditCard({
      rows: [
        row,
        {
          ...row,
          phase: "outcome",
          actor: { kind: "watchdesk" },
          verb: "alert.resolve",
          target: "da638683021_1523410211",
          before: "new",
          after: "resolved",
        },
        { ...row, verb: "tenant.link", target: "Contoso Dental", before: null, after: null },
      ],
    }),
  worst: () =>
    auditCard({
      rows: times(30, () => ({
        ...row,
        verb: HOSTILE_LONG,
        target: HOSTILE_LONG,
        before: HOSTILE_LONG,
        after: HOSTILE_LONG,
        actor: { kind: "person", id: "p", name: HOSTILE_LONG },
      })),
    }),
};
