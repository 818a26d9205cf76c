import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeAlert } from "../../../services/alerts/merge-alert.ts";
import type { Alert } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { AutoResolveStatus } from "../../../services/domain/auto-resolve.ts";
import { at, ROBIN, record, START } from "../../contract/store/store-samples.ts";

const scope = { accountId: "account-a", tenantId: "tenant-1" };
const origin = { level: "default" as const, by: null, at: null };
const known = record(scope, { id: "alert-1" }, { revision: 4, settledRevision: 4 });
const comment = { text: "Resolved by Watchdesk. Ref wd-1", by: "Watchdesk", at: at(1) };

function merge(read: Partial<Alert>, before: AlertRecord | null = known, baseline = false) {
  return mergeAlert({ ...scope, read: { ...known.alert, ...read }, known: before, baseline, now: at(9) });
}

function changed(read: Partial<Alert>, before: AlertRecord = known): AlertRecord {
  const outcome = merge(read, before);
  if (outcome.kind !== "changed") throw new Error(`The merge says ${outcome.kind}.`);
  return outcome.record;
}

describe("mergeAlert: a new alert", () => {
  it("is due to be settled, undecided, at its first revision", () => {
    expect(merge({}, null)).toMatchObject({
      kind: "new",
      record: {
        revision: 1,
        settledRevision: 0,
        nextSettleAt: at(9),
        nextAnnounceAt: null,
        firstSeenAt: at(9),
        autoResolve: { kind: "undecided" },
        resolution: null,
      },
    });
  });

  it("found by the first read is at rest: counted, never resolved by itself, not posted", () => {
    expect(merge({}, null, true)).toMatchObject({
      kind: "new",
      record: {
        baseline: true,
        settledRevision: 1,
        nextSettleAt: null,
        autoResolve: { kind: "notResolved", reason: "olderThanLink" },
      },
    });
  });

  it("that is resolved already was resolved elsewhere, when Defender says so or else when it last changed", () => {
    const resolved = { status: "resolved" as const, updatedAt: at(5) };
    expect(merge({ ...resolved, resolvedAt: at(3) }, null)).toMatchObject({
      record: { resolution: { by: { kind: "elsewhere" }, at: at(3) } },
    });
    expect(merge({ ...resolved, resolvedAt: null }, null)).toMatchObject({ record: { resolution: { at: at(5) } } });
  });
});

describe("mergeAlert: a known alert", () => {
  it("read again as it was is unchanged", () => {
    expect(merge({})).toEqual({ kind: "unchanged" });
  });

  it("read later with something new is changed, one revision on and due to be settled", () => {
    expect(changed({ severity: "high", updatedAt: at(1) })).toEqual({
      ...known,
      alert: { ...known.alert, severity: "high", updatedAt: at(1) },
      revision: 5,
      confirmedAt: at(9),
      nextSettleAt: at(9),
    });
  });

  it("keeps what a late page with an older version says out", () => {
    expect(merge({ severity: "high", updatedAt: "2026-11-22T13:59:59.999Z" })).toEqual({ kind: "unchanged" });
  });

  it("takes a change in that did not move Defender's time", () => {
    expect(changed({ severity: "high" }).alert.severity).toBe("high");
  });

  it("never gives way to an unreadable copy of itself, while an unreadable one gives way to a readable", () => {
    expect(merge({ unreadable: true, title: "", updatedAt: at(5) })).toEqual({ kind: "unchanged" });
    const unreadable = record(scope, { ...known.alert, unreadable: true, title: "" });
    expect(changed({ updatedAt: at(5) }, unreadable).alert).toMatchObject({
      unreadable: false,
      title: "Suspicious sign-in",
    });
  });

  it("raises no revision when only our own write comes back: a new time and a comment", () => {
    expect(changed({ updatedAt: at(1), comments: [comment] })).toEqual({
      ...known,
      alert: { ...known.alert, updatedAt: at(1), comments: [comment] },
      confirmedAt: at(9),
    });
  });
});

describe("mergeAlert: status seen from outside", () => {
  const resolved: AlertRecord = {
    ...record(scope, { ...known.alert, status: "resolved" }),
    resolution: { by: { kind: "watchdesk" }, at: START },
    autoResolve: { kind: "resolved", at: START, origin, commented: true },
  };

  it("resolved in the portal is resolved elsewhere, when Defender says", () => {
    const read = { status: "resolved" as const, updatedAt: at(4), resolvedAt: at(3) };
    expect(changed(read).resolution).toEqual({ by: { kind: "elsewhere" }, at: at(3) });
  });

  it("reopened in the portal undoes the auto-resolve for good", () => {
    for (const status of ["new", "inProgress"] as const) {
      expect(changed({ status, updatedAt: at(2) }, resolved)).toMatchObject({
        reopened: { by: null, at: at(2) },
        resolution: null,
        autoResolve: { kind: "undone", at: at(2), by: null },
      });
    }
  });

  it("turned into a status we do not know is no reopening", () => {
    expect(changed({ status: "unknown", updatedAt: at(2) }, resolved)).toMatchObject({
      reopened: null,
      autoResolve: { kind: "resolved" },
    });
  });

  it("reopened, where a person had resolved it, leaves what auto-resolve had decided", () => {
    const autoResolve: AutoResolveStatus = { kind: "notResolved", reason: "off", origin };
    const byPerson = {
      ...resolved,
      autoResolve,
      resolution: { by: { kind: "person" as const, name: "Kim" }, at: START },
    };
    expect(changed({ status: "new", updatedAt: at(2) }, byPerson)).toMatchObject({
      autoResolve,
      reopened: { by: null },
    });
  });

  it("keeps claim and order whatever is read", () => {
    const claim = { by: ROBIN, at: START, inDefender: true };
    const resolveRequest = { by: ROBIN, at: START, reference: "wd-9" };
    expect(changed({ severity: "low", updatedAt: at(2) }, { ...known, claim, resolveRequest })).toMatchObject({
      claim,
      resolveRequest,
    });
  });
});

describe("mergeAlert: any order of reading", () => {
  const versions = fc.uniqueArray(
    fc.record({
      updatedAt: fc.integer({ min: 0, max: 30 }).map(at),
      status: fc.constantFrom<Alert["status"]>("new", "inProgress", "resolved"),
      severity: fc.constantFrom<Alert["severity"]>("low", "high"),
    }),
    { selector: ({ updatedAt }) => updatedAt, minLength: 1, maxLength: 6 },
  );
  const readAll = (reads: readonly Partial<Alert>[]) =>
    reads.reduce<AlertRecord | null>((before, read) => {
      const outcome = merge(read, before);
      return outcome.kind === "unchanged" ? before : outcome.record;
    }, null);

  it("ends with Defender's newest copy, and reading all of it again changes nothing", () => {
    const shuffled = versions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([all, reads]) => {
        const newest = all.toSorted((left, right) => (left.updatedAt < right.updatedAt ? 1 : -1))[0];
        const kept = readAll(reads);
        expect(kept?.alert).toMatchObject(newest ?? {});
        for (const read of reads) expect(merge(read, kept)).toEqual({ kind: "unchanged" });
      }),
    );
  });
});
