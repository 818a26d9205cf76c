import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALL_EXAMPLES } from "../cards/all-examples.ts";

const root = join(import.meta.dirname, "../..");

function namesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(root, folder)).flatMap((file) => (ending.test(file) ? [file.replace(ending, "")] : []));
}

const NOT_A_CARD = new Set(["render"]);
const layouts = namesIn("cards", /-card\.json$/);
const scripts = namesIn("cards", /-card\.ts$/).filter((name) => !NOT_A_CARD.has(name));
const examples = namesIn("test/cards/examples", /-card\.ts$/);

describe("every card is complete", () => {
  it("there are cards to look at", () => {
    expect(layouts.length).toBeGreaterThanOrEqual(18);
  });

  it("a layout, a script and examples, each named after the card", () => {
    expect(scripts.toSorted()).toEqual(layouts.toSorted());
    expect(examples.toSorted()).toEqual(layouts.toSorted());
    expect(Object.keys(ALL_EXAMPLES).toSorted()).toEqual(layouts.map((name) => `${name}-card`).toSorted());
  });

  it.each(layouts)("%s: golden files of minimal, typical and worst", (name) => {
    for (const size of ["minimal", "typical", "worst"]) {
      expect(existsSync(join(root, `test/cards/golden/${name}-card.${size}.golden.json`)), size).toBe(true);
    }
  });

  it("no golden file is left over", () => {
    const wanted = Object.entries(ALL_EXAMPLES).flatMap(([card, { more = {}, ...sizes }]) =>
      [...Object.keys(sizes), ...Object.keys(more)].map((size) => `${card}.${size}`),
    );
    expect(namesIn("test/cards/golden", /\.golden\.json$/).toSorted()).toEqual(wanted.toSorted());
  });
});
