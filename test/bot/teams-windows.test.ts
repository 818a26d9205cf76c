import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTeamsWindows } from "../../bot/teams-windows.ts";
import { HOUR, SECOND } from "../../services/domain/instant.ts";
import { movedClock } from "../contract/store/opened-store.ts";

/** Teams' own windows (microsoft.md 6.1), per conversation: so many calls in so long. */
const TEAMS = [
  [7, SECOND],
  [8, 2 * SECOND],
  [60, 30 * SECOND],
  [1_800, HOUR],
] as const;

/** The most calls that any span of that length holds. */
function mostWithin(times: readonly number[], span: number): number {
  let first = 0;
  return times.reduce((most, time, index) => {
    while ((times[first] ?? time) <= time - span) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

/** A call that Teams answers at once. */
function take(windows: ReturnType<typeof createTeamsWindows>, conversationId: string, accountId = "account"): number {
  const pause = windows.take({ accountId, conversationId });
  if (pause === 0) windows.answered?.({ accountId, conversationId });
  return pause;
}

describe("createTeamsWindows", () => {
  it("lets no conversation exceed any of Teams' windows, whenever calls are made", () => {
    const pauses = fc.array(
      fc.oneof(fc.constant(0), fc.integer({ max: 400, min: 0 }), fc.integer({ max: 20_000, min: 0 })),
      {
        minLength: 50,
        maxLength: 400,
      },
    );
    fc.assert(
      fc.property(pauses, (all) => {
        const clock = movedClock();
        const windows = createTeamsWindows(clock);
        const made: number[] = [];
        for (const pause of all) {
          clock.advance(pause);
          if (take(windows, "channel") === 0) made.push(Date.parse(clock.now()));
        }
        for (const [calls, span] of TEAMS) expect(mostWithin(made, span)).toBeLessThanOrEqual(calls);
      }),
    );
  });

  it("lets a caller that always waits as told get through, at nearly the pace that Teams allows, for two hours", () => {
    const clock = movedClock();
    const windows = createTeamsWindows(clock);
    const made: number[] = [];
    const start = Date.parse(clock.now());
    while (Date.parse(clock.now()) < start + 2 * HOUR) {
      const pause = take(windows, "channel");
      if (pause === 0) made.push(Date.parse(clock.now()));
      else clock.advance(pause);
    }
    for (const [calls, span] of TEAMS) expect(mostWithin(made, span)).toBeLessThanOrEqual(calls);
    expect(made.length).toBeGreaterThan(2 * 1_700);
  });

  it("says exactly how long to wait, and counts nothing that has to", () => {
    const clock = movedClock();
    const windows = createTeamsWindows(clock);
    for (let call = 0; call < 6; call += 1) expect(take(windows, "channel")).toBe(0);
    expect(take(windows, "channel")).toBe(SECOND);
    expect(take(windows, "channel")).toBe(SECOND);
    clock.advance(SECOND - 1);
    expect(take(windows, "channel")).toBe(1);
    clock.advance(1);
    expect(take(windows, "channel")).toBe(0);
    expect(take(windows, "channel")).toBe(SECOND);
  });

  it("counts a channel's threads as one conversation, other conversations by themselves", () => {
    const windows = createTeamsWindows(movedClock());
    for (let call = 0; call < 6; call += 1) take(windows, `19:a@thread;messageid=${call}`);
    expect(take(windows, "19:a@thread")).toBeGreaterThan(0);
    expect(take(windows, "19:b@thread")).toBe(0);
  });

  it("lets no tenant of Teams exceed 50 in a second, and holds no other tenant up", () => {
    const windows = createTeamsWindows(movedClock());
    const made = Array.from({ length: 60 }, (_, index) => take(windows, `channel-${index}`)).filter(
      (pause) => pause === 0,
    );
    expect(made.length).toBeLessThanOrEqual(50);
    expect(made.length).toBeGreaterThanOrEqual(40);
    expect(take(windows, "channel-x", "account-b")).toBe(0);
  });

  it("starts anew when the clock was put back, rather than waiting for the future", () => {
    const clock = movedClock();
    const windows = createTeamsWindows(clock);
    for (let call = 0; call < 6; call += 1) take(windows, "channel");
    clock.advance(-HOUR);
    expect(take(windows, "channel")).toBe(0);
  });

  it("counts a call until its answer as one that may reach Teams at this moment", () => {
    const clock = movedClock();
    const windows = createTeamsWindows(clock);
    const place = { accountId: "account", conversationId: "channel" };
    for (let call = 0; call < 6; call += 1) expect(windows.take(place)).toBe(0);
    clock.advance(3 * SECOND);
    expect(windows.take(place)).toBe(SECOND);
    for (let call = 0; call < 6; call += 1) windows.answered?.(place);
    clock.advance(SECOND - 1);
    expect(windows.take(place)).toBe(1);
    clock.advance(SECOND + 1);
    expect(windows.take(place)).toBe(0);
  });
});
