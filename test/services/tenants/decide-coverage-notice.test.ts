import { describe, expect, it } from "vitest";
import { MINUTE, SECOND, shift } from "../../../services/domain/instant.ts";
import type { Mender, TenantLink, TenantState } from "../../../services/domain/tenant-link.ts";
import type { TenantSync, ToldOutage } from "../../../services/domain/tenant-sync.ts";
import {
  type CoverageDecision,
  type CoverageInput,
  decideCoverageNotice,
} from "../../../services/tenants/decide-coverage-notice.ts";
import { at, link, START, sync } from "../../contract/store/store-samples.ts";

interface Case {
  /** Minutes after START; negative before. */
  readonly read?: number | null;
  readonly state?: TenantState;
  readonly mender?: Mender;
  readonly linked?: number;
  readonly outage?: Partial<ToldOutage>;
  readonly sync?: Partial<TenantSync>;
  readonly input?: Partial<CoverageInput>;
}

function decide(given: Case): CoverageDecision {
  const state = given.state ?? "connected";
  const mender = given.mender ?? "customer";
  const trouble: TenantLink["trouble"] =
    state === "connected" || state === "paused" ? null : { sentence: "Why.", detail: null, since: at(-9), mender };
  const watermark = given.read === null ? null : at(given.read ?? -1);
  const outage = { toldAt: at(-30), about: "coverage", flapping: false, provenSince: null, ...given.outage } as const;
  return decideCoverageNotice({
    link: link({ state, trouble, linkedAt: at(given.linked ?? -600) }),
    sync: sync(
      { accountId: "account-a", tenantId: "tenant-1" },
      {
        watermark,
        lastTriedAt: START,
        nextSyncAt: at(5),
        failures: 1,
        watch: { lookAt: START, outage: given.outage === undefined ? null : outage, overAt: null },
        ...given.sync,
      },
    ),
    now: START,
    intervalMs: MINUTE,
    watchingSince: at(-600),
    credentialRefused: false,
    ...given.input,
  });
}

const later = (reason: string, lookAt: string | null) => ({ kind: "later", reason, lookAt });
const wait = (reason: string) => ({ kind: "wait", reason });
const COVERAGE = { kind: "tell", about: "coverage" };
const STATE = { kind: "tell", about: "state" };

describe("decideCoverageNotice", () => {
  it.each<[string, Case, object]>([
    ["read a moment ago", { read: -1 }, later("proven", at(1))],
    ["read two intervals ago", { read: -2 }, COVERAGE],
    ["read hours ago", { read: -500 }, COVERAGE],
    ["linked a moment ago, not read yet", { read: null, linked: -1 }, later("proven", at(1))],
    ["linked two intervals ago, never read", { read: null, linked: -2 }, COVERAGE],
    ["paused, not read for hours", { read: -500, state: "paused" }, later("paused", null)],
    ["a trouble that passes, read a moment ago", { state: "notAnswering", mender: "nobody" }, later("proven", at(1))],
    ["a trouble that passes, unproven", { read: -2, state: "notAnswering", mender: "nobody" }, COVERAGE],
    ["a trouble that somebody has to mend", { state: "consentRevoked" }, STATE],
    ["a missing permission, though it is read", { state: "permissionsMissing" }, STATE],
    ["not answering, for the operator to mend", { state: "notAnswering", mender: "operator" }, STATE],
  ])("nothing told yet: %s", (_name, given, decision) => {
    expect(decide(given)).toEqual(decision);
  });

  it.each<[string, Case, object]>([
    ["our own credential is refused", { input: { credentialRefused: true } }, wait("credentialRefused")],
    ["we are back for a minute", { input: { watchingSince: at(-1) } }, wait("justBack")],
    [
      "we are back for ten minutes and it was not tried yet",
      { input: { watchingSince: at(-10) }, sync: { lastTriedAt: at(-60) } },
      wait("notTriedYet"),
    ],
    [
      "never tried, back for ten minutes",
      { input: { watchingSince: at(-10) }, sync: { lastTriedAt: null } },
      wait("notTriedYet"),
    ],
    ["a try fell due seconds ago", { sync: { nextSyncAt: shift(START, -5 * SECOND) } }, wait("beingRead")],
  ])("an unproven tenant has its chance first: %s", (_name, given, decision) => {
    expect(decide({ read: -60, ...given })).toEqual(decision);
  });

  it.each<[string, Case]>([
    ["tried in vain since we are back", { input: { watchingSince: at(-10) }, sync: { lastTriedAt: at(-1) } }],
    ["not tried for a quarter of an hour", { input: { watchingSince: at(-15) }, sync: { lastTriedAt: at(-60) } }],
    ["a read that never ends", { sync: { lastTriedAt: at(-60), failures: 0, nextSyncAt: at(-59) } }],
    ["throttled for long", { sync: { nextSyncAt: at(60) } }],
  ])("it is told when the chance is over: %s", (_name, given) => {
    expect(decide({ read: -60, ...given })).toEqual(COVERAGE);
  });

  it("while our credential is refused, a state that the customer has to mend is told all the same", () => {
    expect(decide({ state: "consentRevoked", input: { credentialRefused: true } })).toEqual(STATE);
  });

  it.each<[string, Case, object]>([
    ["not read since", { read: -40, outage: {} }, later("toldAlready", null)],
    ["never read", { read: null, outage: {} }, later("toldAlready", null)],
    ["another trouble comes", { read: -40, state: "consentRevoked", outage: {} }, later("toldAlready", null)],
    ["read again", { read: -1, outage: { provenSince: at(-1) } }, { kind: "over" }],
    ["read once and stopped again", { read: -20, outage: { provenSince: at(-20) } }, later("toldAlready", null)],
    [
      "flapping, proven for half an hour",
      { read: -1, outage: { flapping: true, provenSince: at(-30) } },
      later("notSteady", at(30)),
    ],
    ["flapping, proven for an hour", { read: -1, outage: { flapping: true, provenSince: at(-60) } }, { kind: "over" }],
  ])("told that it is not proven: %s", (_name, given, decision) => {
    expect(decide(given)).toEqual(decision);
  });

  it.each<[string, Case, object]>([
    ["not read since", { read: -40, state: "consentRevoked" }, later("toldAlready", null)],
    ["mended, not read yet", { read: -40 }, later("toldAlready", null)],
    ["mended and read", { read: -1 }, { kind: "over" }],
    ["read all the same", { read: -1, state: "permissionsMissing" }, later("notMended", at(1))],
    ["read all the same, then no more", { read: -5, state: "permissionsMissing" }, COVERAGE],
    [
      "read all the same, then throttled while we were away",
      { read: -5, state: "permissionsMissing", input: { watchingSince: at(-1) } },
      wait("justBack"),
    ],
  ])("told of a state: %s", (_name, given, decision) => {
    expect(decide({ ...given, outage: { about: "state" } })).toEqual(decision);
  });
});
