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

const placed = (changes: Partial<AuditRow> = {}, where: string | null = null) => ({
  row: { ...row, ...changes },
  where,
});
const whole = { understood: "", filter: "", offset: 0, hasMore: false };

export const auditCardExamples: CardExamples = {
  minimal: () => auditCard({ ...whole, rows: [] }),
  typical: () =>
    auditCard({
      ...whole,
      rows: [
        placed({}, "SOC / Alerts"),
        placed({
          phase: "outcome",
          actor: { kind: "watchdesk" },
          verb: "alert.resolve",
          target: "da638683021_1523410211",
          before: "new",
          after: "resolved",
        }),
        placed({ verb: "tenant.link", target: "Contoso Dental", before: null, after: null }, "a 1:1 chat"),
      ],
    }),
  worst: () =>
    auditCard({
      understood: HOSTILE_LONG,
      filter: HOSTILE_LONG,
      offset: 10,
      hasMore: true,
      rows: times(30, () =>
        placed(
          {
            verb: HOSTILE_LONG,
            target: HOSTILE_LONG,
            before: HOSTILE_LONG,
            after: HOSTILE_LONG,
            actor: { kind: "person", id: "p", name: HOSTILE_LONG },
          },
          HOSTILE_LONG,
        ),
      ),
    }),
  more: {
    nothingFits: () =>
      auditCard({ ...whole, rows: [], filter: "tailspin last 1h", understood: "Shown: about Tailspin Toys." }),
  },
};
