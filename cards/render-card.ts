import { Template } from "adaptivecards-templating";

/** The only number that a card may hold: a value of a chart, which has to be one. A number in a text is invalid. */
export interface ChartNumber {
  readonly chartNumber: number;
}

/** What a template's name may stand for: text, a flag, a chart's number, a list of rows, or an action's data. */
export type CardValue = string | boolean | ChartNumber | readonly CardValue[] | { readonly [name: string]: CardValue };

/** As it is put into the template, where a name that stands alone keeps its type. */
type Expandable = string | boolean | number | readonly Expandable[] | { readonly [name: string]: Expandable };

/** The data of one card: every name of its template and nothing else. */
export type CardData = { readonly [name: string]: CardValue };

/** An Adaptive Card 1.5, ready to be sent. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly version: "1.5";
  readonly [property: string]: unknown;
}

/** A card with the text that the notification shows instead of it. */
export interface RenderedCard {
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** Fills a card's layout with its data. */
export type CardTemplate<Data extends CardData> = (data: Data) => AdaptiveCard;

/**
 * Prepares a layout once per process (a new Template per card costs twenty times as much). Each Action.Execute is given
 * its Action.Submit fallback here, with the same data and the verb. The card is expanded once, never again: a second
 * expansion would run what an attacker wrote into the first.
 */
export function compileCard<Data extends CardData>(layout: object): CardTemplate<Data> {
  const template = new Template(withFallbacks(layout));
  return (data) => {
    const card: unknown = template.expand({ $root: coerced(data) });
    if (!isAdaptiveCard(card)) throw new TypeError("A layout must be an AdaptiveCard of version 1.5.");
    return card;
  };
}

/** The layout with an Action.Submit as fallback of every Action.Execute; exported for the tests of the layouts. */
export function withFallbacks(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withFallbacks);
  if (!isRecord(node)) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withFallbacks(value)]));
  if (copy.type !== "Action.Execute") return copy;
  const { type: _type, verb, $when: _when, $data: _data, ...shared } = copy;
  const data = isRecord(copy.data) ? { verb, ...copy.data } : copy.data;
  return { ...copy, fallback: { type: "Action.Submit", ...shared, data } };
}

/** Types promise text and flags already; a value that slipped past them must not become a number or null in a text. */
function coerced(value: unknown): Expandable {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(coerced);
  if (!isRecord(value)) return String(value);
  if (typeof value.chartNumber === "number") return Number.isFinite(value.chartNumber) ? value.chartNumber : 0;
  const copy: Record<string, Expandable> = {};
  for (const name of Object.keys(value)) copy[name] = coerced(value[name]);
  return copy;
}

function isAdaptiveCard(card: unknown): card is AdaptiveCard {
  return isRecord(card) && card.type === "AdaptiveCard" && card.version === "1.5";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
