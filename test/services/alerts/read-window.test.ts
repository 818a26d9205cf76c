import { describe, expect, it } from "vitest";
import { afterCompleteRead, afterFailedRead, readWindow } from "../../../services/alerts/read-window.ts";
import { DAY, HOUR, MINUTE, SECOND, shift } from "../../../services/domain/instant.ts";
import { at, START, sync } from "../../contract/store/store-samples.ts";

const scope = { accountId: "account-a", tenantId: "tenant-1" };

describe("readWindow", () => {
  it("looks 30 days back for open alerts at first", () => {
    expect(readWindow(sync(scope), START)).toEqual({
      kind: "first",
      changedSince: shift(START, -30 * DAY),
      openOnly: true,
    });
  });

  it("goes ten minutes back behind the watermark, however long ago that is", () => {
    for (const minutes of [-1, -30, -59]) {
      const state = sync(scope, { watermark: at(minutes), nextSweepAt: at(1) });
      expect(readWindow(state, START)).toEqual({ kind: "regular", changedSince: at(minutes - 10), openOnly: false });
    }
  });

  it("sweeps a day back once an hour, from the very moment it is due", () => {
    const due = sync(scope, { watermark: at(-1), nextSweepAt: START });
    expect(readWindow(due, START)).toEqual({ kind: "sweep", changedSince: shift(START, -DAY), openOnly: false });
    expect(readWindow({ ...due, nextSweepAt: shift(START, 1) }, START).kind).toBe("regular");
  });

  it("sweeps from the watermark when that is further away than a day", () => {
    const away = sync(scope, { watermark: shift(START, -3 * DAY), nextSweepAt: at(-60) });
    expect(readWindow(away, START).changedSince).toBe(shift(START, -3 * DAY - 10 * MINUTE));
  });
});

describe("afterCompleteRead", () => {
  const before = sync(scope, { watermark: at(-1), nextSweepAt: at(20), failures: 3 });
  const complete = (kind: "first" | "regular" | "sweep") =>
    afterCompleteRead(before, {
      window: { kind, changedSince: at(-11), openOnly: false },
      startedAt: START,
      intervalMs: MINUTE,
    });

  it("moves the watermark to the start of the read, proves ten minutes less, and is due an interval later", () => {
    expect(complete("regular")).toEqual({
      ...before,
      watermark: START,
      coverage: at(-10),
      lastTriedAt: START,
      nextSyncAt: at(1),
      failures: 0,
      watch: { lookAt: at(2), outage: null, overAt: null },
    });
  });

  it("puts the next sweep an hour off after a sweep or a first read, not after a regular one", () => {
    expect(complete("regular").nextSweepAt).toBe(at(20));
    expect(complete("sweep").nextSweepAt).toBe(shift(START, HOUR));
    expect(complete("first").nextSweepAt).toBe(shift(START, HOUR));
  });
});

describe("afterFailedRead", () => {
  const before = sync(scope, { watermark: at(-1), coverage: at(-11), nextSweepAt: at(20) });
  const pauses = (intervalMs: number, retryAfterMs: number | null = null) =>
    [0, 1, 2, 3, 4, 5, 20].map((failures) => {
      const after = afterFailedRead({ ...before, failures }, { now: START, intervalMs, retryAfterMs });
      expect(after).toMatchObject({ watermark: at(-1), coverage: at(-11), nextSweepAt: at(20), lastTriedAt: START });
      expect(after.failures).toBe(failures + 1);
      return (Date.parse(after.nextSyncAt) - Date.parse(START)) / SECOND;
    });

  it.each([
    [60, null, [60, 120, 240, 480, 600, 600, 600]],
    [5, null, [5, 10, 20, 40, 50, 50, 50]],
    [300, null, [300, 600, 600, 600, 600, 600, 600]],
    [60, 90, [90, 120, 240, 480, 600, 600, 600]],
    [60, 3_600, [3_600, 3_600, 3_600, 3_600, 3_600, 3_600, 3_600]],
  ])("doubles the pause: an interval of %i s, asked to wait %s s: %j", (interval, retryAfter, expected) => {
    expect(pauses(interval * SECOND, retryAfter === null ? null : retryAfter * SECOND)).toEqual(expected);
  });
});
