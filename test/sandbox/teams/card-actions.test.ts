import { describe, expect, it } from "vitest";
import { actionsOf, findAction, inputValuesOf } from "./card-actions.ts";
import { textOf } from "./text-of-card.ts";

const execute = (verb: string) => ({ type: "Action.Execute", verb, title: `Do ${verb}` });
const card = {
  type: "AdaptiveCard",
  version: "1.5",
  body: [
    { type: "Container", selectAction: execute("open"), items: [{ type: "TextBlock", text: "Title" }] },
    { type: "FactSet", facts: [{ title: "Device", value: "PC-1" }] },
    {
      type: "Table",
      rows: [
        { type: "TableRow", cells: [{ type: "TableCell", items: [{ type: "ActionSet", actions: [execute("row")] }] }] },
      ],
    },
    {
      type: "Input.ChoiceSet",
      id: "scope",
      label: "Scope",
      value: "all",
      choices: [{ title: "Everything", value: "all" }],
    },
    { type: "Input.Toggle", id: "comment", title: "Comment" },
    { type: "TextBlock", text: "Hidden", isVisible: false },
    { type: "RichTextBlock", inlines: ["plain ", { type: "TextRun", text: "run" }] },
  ],
  actions: [
    { type: "Action.ShowCard", title: "More", card: { type: "AdaptiveCard", body: [], actions: [execute("inner")] } },
    {
      ...execute("late"),
      mode: "secondary",
      fallback: { type: "Action.Submit", title: "Late", data: { verb: "late" } },
    },
  ],
};

describe("reading a card as a person does", () => {
  it("finds every action in containers, tables, shown cards and the overflow", () => {
    expect(actionsOf(card).flatMap((action) => action.verb ?? [])).toEqual(["open", "row", "inner", "late"]);
    expect(findAction(card, "Action.Execute", "Do row").verb).toBe("row");
    expect(findAction(card, "Action.Execute", (action) => action.mode === "secondary").verb).toBe("late");
    expect(findAction(card, "Action.Submit", "Late").data).toEqual({ verb: "late" });
    expect(() => findAction(card, "Action.Execute", "nothing")).toThrow("It offers: open, row, inner, late.");
  });

  it("takes the inputs' start values", () => {
    expect(inputValuesOf(card)).toEqual({ scope: "all", comment: "false" });
  });

  it("reads the visible words, and the hidden ones when asked", () => {
    const words = ["Title", "Device", "PC-1", "Do row", "Scope", "Everything", "Comment", "plain ", "run"];
    expect(textOf(card).split("\n")).toEqual(expect.arrayContaining(words));
    expect(textOf(card)).not.toContain("Hidden");
    expect(textOf(card, { hidden: true })).toContain("Hidden");
  });
});
