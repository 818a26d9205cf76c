import { alertCard } from "../../../cards/alert-card.ts";
import type { CardExamples } from "./card-examples.ts";
import { BY_ACCOUNT, DEFAULT, HOSTILE, HOSTILE_LONG, LATER, PRIYA, recordOf, times } from "./example-parts.ts";

const organizationName = "Contoso Dental";
const remediation = "active";

export const alertCardExamples: CardExamples = {
  minimal: () =>
    alertCard({
      organizationName,
      record: recordOf(
        { autoResolve: { kind: "notResolved", reason: "unreadable", origin: DEFAULT } },
        {
          title: "",
          description: "",
          severity: "unknown",
          status: "unknown",
          category: null,
          mitreTechniques: [],
          portalUrl: null,
          firstActivityAt: null,
          evidence: [],
          unreadable: true,
        },
      ),
    }),
  typical: () => alertCard({ organizationName, record: recordOf() }),
  worst: () =>
    alertCard({
      organizationName: HOSTILE_LONG,
      record: recordOf(
        {
          claim: { by: { ...PRIYA, name: HOSTILE_LONG }, at: LATER, inDefender: false },
          reopened: { by: HOSTILE_LONG, at: LATER },
          autoResolve: {
            kind: "pending",
            step: "resolve",
            reference: "r",
            origin: DEFAULT,
            since: LATER,
            attempts: 9,
            nextTryAt: LATER,
            why: HOSTILE_LONG,
          },
        },
        {
          id: `da${"9".repeat(200)}`,
          title: HOSTILE_LONG,
          description: HOSTILE_LONG,
          category: HOSTILE_LONG,
          mitreTechniques: [HOSTILE, HOSTILE],
          portalUrl: "https://evil.example/\u0024{tenantId}",
          evidence: times(60, (at) =>
            at % 2 === 0
              ? { kind: "process", name: HOSTILE_LONG, processId: at, commandLine: HOSTILE_LONG, remediation }
              : { kind: "device", name: HOSTILE_LONG, machineId: null, remediation: HOSTILE },
          ),
        },
      ),
    }),
  more: {
    autoResolved: () =>
      alertCard({
        organizationName,
        record: recordOf(
          {
            autoResolve: { kind: "resolved", at: LATER, origin: BY_ACCOUNT, commented: true },
            resolution: { by: { kind: "watchdesk" }, at: LATER },
          },
          { status: "resolved", severity: "medium" },
        ),
      }),
    claimed: () =>
      alertCard({
        organizationName,
        record: recordOf(
          { claim: { by: PRIYA, at: LATER, inDefender: true } },
          { status: "inProgress", severity: "low" },
        ),
      }),
    resolvedElsewhere: () =>
      alertCard({
        organizationName,
        record: recordOf(
          { resolution: { by: { kind: "elsewhere" }, at: LATER } },
          { status: "resolved", severity: "informational" },
        ),
      }),
    pending: () =>
      alertCard({
        organizationName,
        record: recordOf({
          autoResolve: {
            kind: "pending",
            step: "resolve",
            reference: "r",
            origin: DEFAULT,
            since: LATER,
            attempts: 1,
            nextTryAt: LATER,
            why: "Defender is not answering.",
          },
        }),
      }),
  },
};
