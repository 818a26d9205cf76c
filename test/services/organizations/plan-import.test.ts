import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organizationKey, readOrganizationName } from "../../../services/domain/organization.ts";
import { planImport } from "../../../services/organizations/plan-import.ts";

const listed = (...texts: string[]) => texts.map((text, at) => ({ line: at + 1, text }));

describe("the plan of an import", () => {
  it("tells what is new, the same as one that is there, twice in the list, and wrong", () => {
    const names = listed(" Contoso   Dental ", "FABRIKAM", "contoso dental", "", "x".repeat(81), "Ada\u202Etum", "***");
    expect(planImport(names, new Set(["fabrikam"]))).toEqual({
      fresh: [{ line: 1, text: "Contoso Dental" }],
      same: [
        { line: 2, text: "FABRIKAM", firstLine: null },
        { line: 3, text: "contoso dental", firstLine: 1 },
      ],
      wrong: [
        { line: 4, text: "", reason: "empty" },
        { line: 5, text: "x".repeat(81), reason: "tooLong" },
        { line: 6, text: "Ada\u202Etum", reason: "unreadable" },
        { line: 7, text: "***", reason: "unreadable" },
      ],
    });
  });

  it("takes names with markdown, other scripts and signs as they are", () => {
    const names = ["**Contoso** [x](https://evil.example)", "北京安全", "شركة", "O'Neill & Sons", "दिल्ली\u200Dक"];
    expect(planImport(listed(...names), new Set()).fresh.map(({ text }) => text)).toEqual(names);
  });

  it("puts each line in exactly one place, and no name twice among the new ones", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("A", "a ", "B", ""))), (texts) => {
        const plan = planImport(listed(...texts), new Set(["b"]));
        const lines = [...plan.fresh, ...plan.same, ...plan.wrong].map(({ line }) => line);
        expect(lines.sort((a, b) => a - b)).toEqual(texts.map((_, at) => at + 1));
        const keys = plan.fresh.map(({ text }) => organizationKey(text));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).not.toContain("b");
        for (const { text } of plan.fresh) expect(readOrganizationName(text)).toEqual({ kind: "name", name: text });
      }),
    );
  });
});
