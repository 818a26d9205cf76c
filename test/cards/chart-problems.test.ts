import { describe, expect, it } from "vitest";
import { chartPoints, chartProblems } from "./chart-problems.ts";

const point = { legend: "Connected", value: 9, color: "good" };
const cardOf = (chart: object, points: readonly object[] = [point]) => ({
  type: "AdaptiveCard",
  body: [
    { type: "TextBlock", text: "✓ 9 connected" },
    {
      type: "Chart.HorizontalBar.Stacked",
      data: [{ title: "By state", data: points }],
      fallback: "drop",
      ...chart,
    },
  ],
});

describe("the check of charts", () => {
  it("finds nothing wrong with a bar whose points are said in words, and gives its points", () => {
    expect(chartProblems(cardOf({}))).toEqual([]);
    expect(chartPoints(cardOf({}))).toEqual([point]);
  });

  it.each<[string, object]>([
    ["no fallback", cardOf({ fallback: undefined })],
    ["is not written down", cardOf({ type: "Chart.Sunburst" })],
    ["colour is no property", cardOf({ colour: "good" })],
    ["no data", cardOf({ data: [] })],
    ["a series without data", cardOf({}, [])],
    ["a series without a title", cardOf({ data: [{ data: [point] }] })],
    ["9 is no value", cardOf({}, [{ ...point, value: "9" }])],
    ["0 is no value", cardOf({}, [{ ...point, value: 0 }])],
    ["without a legend", cardOf({}, [{ ...point, legend: "" }])],
    ["a colour without a meaning", cardOf({}, [{ ...point, color: "categoricalLime" }])],
    ["“8 connected” is nowhere said", cardOf({}, [{ ...point, value: 8 }])],
    ["x is no property", cardOf({}, [{ ...point, x: 1 }])],
  ])("finds: %s", (problem, card) => {
    expect(chartProblems(card).join("\n")).toContain(problem);
  });
});
