import { describe, expect, it } from "vitest";
import packageFile from "../../package.json" with { type: "json" };

const steps = packageFile.scripts.check.split(" && ");

describe("npm run check", () => {
  it("ends with the very command of npm test, so that CI need not run the tests twice", () => {
    expect(steps.at(-1)).toBe(packageFile.scripts.test);
  });

  it("has types, lint, import rules and unused code before the tests", () => {
    expect(steps.slice(0, -1)).toEqual(["npm run types", "npm run lint", "npm run imports", "npm run unused"]);
  });
});
