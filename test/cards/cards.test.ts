import { Template } from "adaptivecards-templating";
import { describe, expect, it, vi } from "vitest";
import { parseCardAction } from "../../cards/card-action.ts";
import { withFallbacks } from "../../cards/render-card.ts";
import { allExamples } from "./all-examples.ts";
import { actionLists, nodesOf, ofType } from "./card-nodes.ts";
import { chartPoints, chartProblems, unknownCharts } from "./chart-problems.ts";
import { differences, layoutNames } from "./layout-names.ts";
import { cardProblems } from "./parse-card.ts";
import { teamsMarkdown } from "./teams-markdown.ts";

/** Teams counts a message's characters twice (UTF-16) and refuses it at 100 KB; what it asks for is 80 KB. */
const bytes = (card: unknown): number => JSON.stringify(card).length * 2;

const layoutOf = async (card: string): Promise<unknown> => {
  const module: { default: unknown } = await import(`../../cards/${card}.json`);
  return module.default;
};

describe.each(allExamples())("$name", ({ name, card: cardName, size, make }) => {
  const { card, summary } = make();

  it("is what was looked at", async () => {
    await expect(`${JSON.stringify({ summary, card }, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.golden.json`);
  });

  it("has data for each name of its layout, and no other", async () => {
    const expand = vi.spyOn(Template.prototype, "expand");
    make();
    const root: unknown = expand.mock.calls[0]?.[0].$root;
    expect(root).toBeTypeOf("object");
    expect(differences(layoutNames(withFallbacks(await layoutOf(cardName))), root as object)).toEqual([]);
  });

  it("has nothing left to expand", () => {
    expect(JSON.stringify({ card, summary })).not.toMatch(/\$\{|\$data|\$when|undefined|\[object/);
  });

  it("is understood by the client library, which knows no charts and takes their fallback", () => {
    expect(cardProblems(card)).toEqual(unknownCharts(card));
  });

  it("has charts as Teams documents them, and says in words what they show", () => {
    expect(chartProblems(card)).toEqual([]);
  });

  it("is light enough for Teams", () => {
    expect(bytes(card)).toBeLessThan(size === "worst" ? 80 * 1024 : 28 * 1024);
  });

  it("wraps every text and fixes no colour", () => {
    const texts = ofType(card, "TextBlock");
    expect(texts.filter((text) => text.wrap !== true)).toEqual([]);
    expect(ofType(card, "Input.ChoiceSet").filter((input) => input.wrap !== true)).toEqual([]);
    const painted = nodesOf(card).filter((node) => "backgroundImage" in node || "backgroundColor" in node);
    expect(painted).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/"#[0-9a-f]{6}"/i);
  });

  it("writes every text as text", () => {
    const points = new Set(chartPoints(card));
    const nodes = nodesOf(card).filter((node) => !points.has(node));
    const texts = nodes.flatMap((node) => [node.text, node.title, node.value, node.label]);
    expect(texts.filter((text) => text !== undefined && typeof text !== "string")).toEqual([]);
  });

  it("offers at most three first actions and six in all", () => {
    for (const actions of actionLists(card)) {
      expect(actions.filter((action) => action.mode !== "secondary").length).toBeLessThanOrEqual(3);
      expect(actions.length).toBeLessThanOrEqual(6);
    }
  });

  it("sends only actions that the server reads, both ways", () => {
    for (const action of ofType(card, "Action.Execute")) {
      const inputs = action.associatedInputs === "none" ? {} : inputValues(card);
      const sent = { ...inputs, ...(action.data as object) };
      const executed = parseCardAction(action.verb, sent);
      expect(executed, JSON.stringify(action)).not.toBeNull();
      const fallback = action.fallback as { type: string; title: string; data: { verb: unknown } };
      expect(fallback).toMatchObject({ type: "Action.Submit", title: action.title });
      expect(parseCardAction(fallback.data.verb, { ...inputs, ...fallback.data })).toEqual(executed);
    }
  });

  it("labels its inputs", () => {
    const inputs = nodesOf(card).filter((node) => String(node.type).startsWith("Input."));
    expect(inputs.filter((input) => !input.label || !input.errorMessage)).toEqual([]);
    expect(new Set(inputs.map((input) => input.id)).size).toBe(inputs.length);
    const choiceless = ofType(card, "Input.ChoiceSet").filter((input) => input.isRequired === true && !isChoice(input));
    expect(choiceless).toEqual([]);
  });

  it("has no live markdown, link or mention", () => {
    const texts = [
      ...ofType(card, "TextBlock").map((node) => node.text),
      ...nodesOf(card).flatMap((node) => (Array.isArray(node.facts) ? node.facts.map((fact) => fact.value) : [])),
    ];
    expect(texts.filter((text) => /<(?!\/?$)/.test(teamsMarkdown(String(text))))).toEqual([]);
    expect(nodesOf(card).filter((node) => "msteams" in node || "entities" in node)).toEqual([]);
  });

  it("is announced by a text", () => {
    expect(summary).not.toBe("");
    expect(summary.length).toBeLessThanOrEqual(260);
    expect(summary).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  });
});

function inputValues(card: unknown): Record<string, unknown> {
  const inputs = nodesOf(card).filter((node) => String(node.type).startsWith("Input."));
  return Object.fromEntries(inputs.map((input) => [input.id, input.value ?? ""]));
}

function isChoice(input: Readonly<Record<string, unknown>>): boolean {
  return (input.choices as { value: unknown }[]).some((choice) => choice.value === input.value);
}
