import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Alert, DEFENDER_FOR_ENDPOINT, type Severity } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { NotResolvedReason } from "../../../services/domain/auto-resolve.ts";
import type { EffectiveSettings, PolicySettings } from "../../../services/domain/policy-settings.ts";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import { decideAutoResolve } from "../../../services/policy/decide-auto-resolve.ts";
import { effectiveSettings } from "../../../services/policy/effective-settings.ts";
import { at, link, ROBIN, record, START } from "../../contract/store/store-samples.ts";

interface Case {
  readonly alert?: Partial<Alert>;
  readonly record?: Partial<AlertRecord>;
  readonly link?: Partial<TenantLink>;
  readonly settings?: Partial<PolicySettings>;
}

const scope = { accountId: "account-a", tenantId: "tenant-1" };
const claim = { by: ROBIN, at: START, inDefender: true };
const reopened = { by: null, at: START };
const device = (remediation: string) => [{ kind: "device" as const, name: "pc", machineId: null, remediation }];

function settingsOf(values: Partial<PolicySettings>): EffectiveSettings {
  return effectiveSettings(
    {},
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, setBy: ROBIN, setAt: START }])),
  );
}

function decide(input: Case) {
  return decideAutoResolve(
    record(scope, input.alert, input.record),
    link({ ...scope, linkedAt: at(-60), ...input.link }),
    settingsOf(input.settings ?? {}),
  );
}

const CASES: readonly [string, Case, NotResolvedReason | "resolve"][] = [
  ["a new alert under the defaults", {}, "resolve"],
  ["an unreadable one", { alert: { unreadable: true } }, "unreadable"],
  ["a paused tenant", { link: { state: "paused" } }, "paused"],
  ["reopened here or in the portal", { record: { reopened } }, "reopened"],
  ["claimed here", { record: { claim } }, "taken"],
  ["in progress in the portal", { alert: { status: "inProgress" } }, "taken"],
  ["assigned to a person", { alert: { assignedTo: "kim@contoso.example" } }, "taken"],
  ["assigned to Defender's automation", { alert: { assignedTo: "Automation" } }, "resolve"],
  ["assigned to blanks", { alert: { assignedTo: "  " } }, "resolve"],
  ["classified", { alert: { classification: "falsePositive" } }, "classified"],
  ["classified as unknown", { alert: { classification: "unknown" } }, "resolve"],
  ["resolved already", { alert: { status: "resolved" } }, "alreadyResolved"],
  ["of a status we do not know", { alert: { status: "unknown" } }, "statusUnknown"],
  ["found by the first read", { record: { baseline: true } }, "olderThanLink"],
  ["a millisecond older than the link", { alert: { createdAt: "2026-11-22T12:59:59.999Z" } }, "olderThanLink"],
  ["exactly as old as the link", { alert: { createdAt: at(-60) } }, "resolve"],
  ["switched off", { settings: { autoResolve: false } }, "off"],
  ["another product's", { alert: { serviceSource: "microsoftDefenderForIdentity" } }, "otherSource"],
  ["no source at all allowed", { settings: { sources: [] } }, "otherSource"],
  ["above the ceiling", { alert: { severity: "medium" }, settings: { upToSeverity: "low" } }, "severityAboveLimit"],
  ["at the ceiling", { alert: { severity: "low" }, settings: { upToSeverity: "low" } }, "resolve"],
  [
    "of unknown severity under a ceiling",
    { alert: { severity: "unknown" }, settings: { upToSeverity: "medium" } },
    "severityAboveLimit",
  ],
  ["of unknown severity without a ceiling", { alert: { severity: "unknown" } }, "resolve"],
  ["an active threat", { alert: { evidence: device("active") } }, "threatActive"],
  ["an unremediated threat", { alert: { evidence: device("unremediated") } }, "threatActive"],
  ["one that waits for approval", { alert: { evidence: device("pendingApproval") } }, "threatActive"],
  [
    "an active threat, not held",
    { alert: { evidence: device("active") }, settings: { holdWhileActive: false } },
    "resolve",
  ],
  ["no evidence", { alert: { evidence: [] } }, "resolve"],
];

describe("decideAutoResolve", () => {
  it.each(CASES)("%s: %j is %s", (_what, input, expected) => {
    const decision = decide(input);
    expect(decision.kind === "leave" ? decision.reason : decision.kind).toBe(expected);
  });

  it("names what weighs most when several hold: what a person did before what is set", () => {
    const everything = {
      alert: {
        severity: "high" as Severity,
        serviceSource: "other",
        classification: "truePositive",
        createdAt: at(-90),
        evidence: device("active"),
      },
      settings: { autoResolve: false, upToSeverity: "low" as Severity },
    };
    const reason = (input: Case) => {
      const decision = decide({ ...everything, ...input, alert: { ...everything.alert, ...input.alert } });
      return decision.kind === "leave" ? decision.reason : decision.kind;
    };
    expect(reason({ link: { state: "paused" }, alert: { unreadable: true } })).toBe("unreadable");
    expect(reason({ link: { state: "paused" }, record: { reopened } })).toBe("paused");
    expect(reason({ record: { reopened, claim } })).toBe("reopened");
    expect(reason({ record: { claim } })).toBe("taken");
    expect(reason({ alert: { status: "resolved" } })).toBe("classified");
    expect(reason({ alert: { classification: null, status: "resolved" } })).toBe("alreadyResolved");
    expect(reason({ alert: { classification: null } })).toBe("olderThanLink");
    expect(reason({ alert: { classification: null, createdAt: START } })).toBe("off");
  });

  it("says where the deciding value comes from, and comments as set", () => {
    const origin = (level: string) => ({
      level,
      by: level === "default" ? null : "Robin Reyes",
      at: level === "default" ? null : START,
    });
    expect(decide({})).toEqual({ kind: "resolve", comment: true, origin: origin("default") });
    expect(decide({ settings: { autoResolve: true, comment: false } })).toEqual({
      kind: "resolve",
      comment: false,
      origin: origin("tenant"),
    });
    expect(decide({ settings: { upToSeverity: "low" } })).toMatchObject({ origin: origin("tenant") });
    expect(decide({ settings: { autoResolve: true, sources: [] } })).toMatchObject({
      reason: "otherSource",
      origin: origin("tenant"),
    });
    expect(decide({ alert: { evidence: device("active") }, settings: { autoResolve: true } })).toMatchObject({
      origin: origin("default"),
    });
  });

  it("promise 4: never for an alert that is off, older, taken, reopened or classified, whatever else holds", () => {
    // Mostly what lets it be resolved: otherwise hardly a case would differ from "leave" in one thing alone.
    const mostly = <Value>(usual: Value, ...others: Value[]) =>
      fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
    const anything = fc.record({
      alert: fc.record({
        severity: mostly<Severity>("low", "unknown", "informational", "medium", "high"),
        status: mostly<Alert["status"]>("new", "inProgress", "resolved", "unknown"),
        classification: mostly<string | null>(null, "unknown", "truePositive", "falsePositive"),
        assignedTo: mostly<string | null>(null, "", "Automation", "kim@contoso.example"),
        serviceSource: mostly(DEFENDER_FOR_ENDPOINT, "other"),
        createdAt: fc.integer({ min: -75, max: 120 }).map(at),
        evidence: mostly(device("remediated"), device("active"), []),
        unreadable: mostly(false, true),
      }),
      record: fc.record({
        baseline: mostly(false, true),
        claim: mostly<typeof claim | null>(null, claim),
        reopened: mostly<typeof reopened | null>(null, reopened),
      }),
      link: fc.record({ state: mostly<TenantLink["state"]>("connected", "permissionsMissing", "paused") }),
      settings: fc.record({
        autoResolve: mostly(true, false),
        comment: fc.boolean(),
        upToSeverity: mostly<Severity>("high", "unknown", "informational", "low", "medium"),
        sources: mostly<readonly string[]>([DEFENDER_FOR_ENDPOINT], ["other"], []),
        holdWhileActive: fc.boolean(),
      }),
    });
    let resolved = 0;
    fc.assert(
      fc.property(anything, (input) => {
        const { alert, record: kept, settings } = input;
        const taken =
          kept.claim !== null || alert.status === "inProgress" || alert.assignedTo === "kim@contoso.example";
        const classified = alert.classification !== null && alert.classification !== "unknown";
        const older = kept.baseline || alert.createdAt < at(-60);
        const decision = decide(input);
        if (decision.kind === "resolve") resolved += 1;
        if (!settings.autoResolve || older || taken || kept.reopened !== null || classified) {
          expect(decision.kind).toBe("leave");
        }
      }),
      { numRuns: 5_000 },
    );
    expect(resolved).toBeGreaterThan(100);
  });
});
