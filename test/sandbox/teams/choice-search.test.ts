import { describe, expect, it } from "vitest";
import { searchedOf, searchValueOf } from "./choice-search.ts";
import type { Turn } from "./teams-types.ts";

const input = {
  type: "Input.ChoiceSet",
  id: "who",
  style: "filtered",
  "choices.data": { type: "Data.Query", dataset: "people" },
};
const cardWith = (changes: object) => ({ body: [{ type: "Container", items: [{ ...input, ...changes }] }] });
const answered = (status: number, body: unknown): Turn => ({
  delivered: true,
  status,
  body,
  replies: [],
  activity: { type: "invoke" },
});
const response = (results: unknown, statusCode = 200) =>
  answered(200, { statusCode, type: "application/vnd.microsoft.search.searchResponse", value: { results } });

describe("searching a choice input as Teams does", () => {
  it("asks for 15 of the input's dataset", () => {
    expect(searchValueOf(cardWith({}), "who", "an")).toEqual({
      kind: "search",
      queryText: "an",
      queryOptions: { skip: 0, top: 15 },
      dataset: "people",
    });
  });

  it.each([
    ["another id", { id: "other" }],
    ["no search box", { style: "compact" }],
    ["no query", { "choices.data": undefined }],
    ["a query without a dataset", { "choices.data": { type: "Data.Query" } }],
  ])("fails on an input with %s", (_what, changes) => {
    expect(() => searchValueOf(cardWith(changes), "who", "an")).toThrow();
  });

  it("takes results, and an error with its message", () => {
    expect(searchedOf(response([{ title: "Ann", value: "1" }])).results).toEqual([{ title: "Ann", value: "1" }]);
    const error = { statusCode: 403, type: "application/vnd.microsoft.error", value: { code: "x", message: "No." } };
    expect(searchedOf(answered(403, error)).refused).toBe("No.");
  });

  it.each([
    ["no body", answered(200, undefined)],
    ["another status inside", response([], 400)],
    ["a card", answered(200, { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: {} })],
    ["results without a value", response([{ title: "Ann" }])],
    ["results with more than title and value", response([{ title: "Ann", value: "1", id: "1" }])],
    ["more results than asked for", response(Array.from({ length: 16 }, () => ({ title: "Ann", value: "1" })))],
  ])("fails on %s", (_what, turn) => {
    expect(() => searchedOf(turn)).toThrow();
  });
});
