import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { COMMANDS, type CommandScope } from "../../dialogs/commands.ts";

const SCOPES: readonly CommandScope[] = ["personal", "team", "groupChat"];
const listSchema = z.object({
  scopes: z.array(z.enum(["personal", "team", "groupChat"])),
  commands: z.array(z.object({ title: z.string().max(128), description: z.string().max(128) })),
});
const manifest = z
  .object({ bots: z.tuple([z.object({ commandLists: z.array(listSchema).max(3) })]) })
  .parse(JSON.parse(readFileSync(new URL("../../manifest/manifest.json", import.meta.url), "utf8")));
const lists = manifest.bots[0].commandLists;

describe("the manifest's command lists", () => {
  it("name each scope exactly once", () => {
    expect(lists.flatMap(({ scopes }) => scopes).toSorted()).toEqual(SCOPES.toSorted());
  });

  it.each(SCOPES)("equal the command table's suggestions in %s, in the table's order, at most 12", (scope) => {
    const suggested = COMMANDS.filter(({ suggestedIn }) => suggestedIn.includes(scope));
    const listed = lists.find(({ scopes }) => scopes.includes(scope))?.commands;
    expect(listed).toEqual(suggested.map(({ words, summary }) => ({ title: words, description: summary })));
    expect(suggested.length).toBeLessThanOrEqual(12);
    expect(suggested.length).toBeGreaterThan(0);
  });
});
