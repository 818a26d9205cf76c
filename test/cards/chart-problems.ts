import { type CardNode, nodesOf, ofType } from "./card-nodes.ts";

/*
 * What the client library cannot check, for it knows no charts: our reading of "Charts in Adaptive Cards" (learn.microsoft.com,
 * microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards). A chart of another type is a fault until its
 * properties are written down here too.
 */
const BAR = "Chart.HorizontalBar.Stacked";
const BAR_PROPERTIES = new Set([
  "type",
  "data",
  "fallback",
  "spacing",
  "title",
  "colorSet",
  "id",
  "height",
  "separator",
]);
const MEANINGFUL_COLOURS: ReadonlySet<unknown> = new Set(["good", "warning", "attention", "neutral"]);

/** The points of all charts: the only places of a card whose `value` is a number. */
export function chartPoints(card: unknown): readonly CardNode[] {
  return chartsOf(card).flatMap((chart) => seriesOf(chart).flatMap((series) => listOf(series.data)));
}

/** What the client library says of the charts, and of nothing else: as older clients do, it goes on without them. */
export function unknownCharts(card: unknown): readonly string[] {
  return chartsOf(card).map(({ type }) => `Unknown element type "${String(type)}". Fallback will be used if present.`);
}

/** What is wrong with a card's charts; empty when nothing. */
export function chartProblems(card: unknown): readonly string[] {
  const words = ofType(card, "TextBlock")
    .map((node) => String(node.text).toLowerCase())
    .join("\n");
  return chartsOf(card).flatMap((chart) => [
    ...(chart.type === BAR ? [] : [`${String(chart.type)} is not written down`]),
    ...(chart.fallback === "drop" ? [] : ["no fallback for clients that know no charts"]),
    ...Object.keys(chart).flatMap((name) => (BAR_PROPERTIES.has(name) ? [] : [`${name} is no property of it`])),
    ...seriesProblems(chart),
    ...seriesOf(chart).flatMap((series) => listOf(series.data).flatMap((point) => pointProblems(point, words))),
  ]);
}

function seriesProblems(chart: CardNode): readonly string[] {
  const series = seriesOf(chart);
  if (series.length === 0) return ["no data"];
  return series.flatMap((each) => [
    ...(typeof each.title === "string" && each.title !== "" ? [] : ["a series without a title"]),
    ...(listOf(each.data).length > 0 ? [] : ["a series without data"]),
    ...namesBut(each, ["title", "data"]),
  ]);
}

function pointProblems(point: CardNode, words: string): readonly string[] {
  const { legend, value, color } = point;
  const said = `${String(value)} ${String(legend).toLowerCase()}`;
  return [
    ...(typeof value === "number" && Number.isFinite(value) && value > 0 ? [] : [`${String(value)} is no value`]),
    ...(typeof legend === "string" && legend !== "" ? [] : ["a point without a legend"]),
    ...(MEANINGFUL_COLOURS.has(color) ? [] : [`${String(color)} is a colour without a meaning`]),
    ...(words.includes(said) ? [] : [`“${said}” is nowhere said in words`]),
    ...namesBut(point, ["legend", "value", "color"]),
  ];
}

function namesBut(node: CardNode, known: readonly string[]): readonly string[] {
  return Object.keys(node).flatMap((name) => (known.includes(name) ? [] : [`${name} is no property of it`]));
}

function chartsOf(card: unknown): readonly CardNode[] {
  return nodesOf(card).filter((node) => String(node.type).startsWith("Chart."));
}

function seriesOf(chart: CardNode): readonly CardNode[] {
  return listOf(chart.data);
}

function listOf(value: unknown): readonly CardNode[] {
  return Array.isArray(value) ? value : [];
}
