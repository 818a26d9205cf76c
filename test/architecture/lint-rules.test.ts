import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantTree } from "./planted-tree.ts";

const root = resolve(import.meta.dirname, "../..");
const lines = (count: number): string => Array.from({ length: count }, (_, n) => `export const a${n} = 1;\n`).join("");

/** Files that break one rule of the house each: path -> text, and the rule that must be reported there. */
const breaks: [path: string, text: string, rule: string][] = [
  ["bot/default-export.ts", "export default 1;\n", "noDefaultExport"],
  ["bot/barrel.ts", 'export { a } from "./sound.ts";\n', "noBarrelFile"],
  ["bot/re-export.ts", 'export * from "./sound.ts";\n', "noReExportAll"],
  ["bot/any.ts", "export const a = (b: any): string => String(b);\n", "noExplicitAny"],
  ["bot/console.ts", "console.info(1);\n", "noConsole"],
  ["bot/environment.ts", "export const a = process.env.PORT;\n", "noProcessEnv"],
  ["services/store/environment.ts", "export const a = process.env.PORT;\n", "noProcessEnv"],
  ["bot/camelCase.ts", "export const a = 1;\n", "useFilenamingConvention"],
  ["bot/floating.ts", 'import { a } from "./sound.ts";\n\na();\n', "noFloatingPromises"],
  ["bot/value-import.ts", 'import { A } from "./sound.ts";\n\nexport type B = A;\n', "useImportType"],
  ["bot/protocol.ts", 'import { join } from "path";\n\nexport const a = join("b");\n', "useNodejsImportProtocol"],
  ["bot/unused-import.ts", 'import { a } from "./sound.ts";\n\nexport const b = 1;\n', "noUnusedImports"],
  ["bot/unused-variable.ts", "const b = 1;\n", "noUnusedVariables"],
  ["bot/assertion.ts", "export const a = (b: string | null): string => b!;\n", "noNonNullAssertion"],
  ["bot/enum.ts", "export enum Color {\n  Red,\n}\n", "noEnum"],
  ["bot/long.ts", lines(251), "noExcessiveLinesPerFile"],
  ["test/long.test.ts", lines(401), "noExcessiveLinesPerFile"],
];

const sound: Record<string, string> = {
  "bot/sound.ts":
    "export interface A {\n  b: string;\n}\n\nexport async function a(): Promise<number> {\n  return 1;\n}\n",
  "bot/full.ts": lines(250),
  "test/full.test.ts": lines(400),
  "services/config/config.ts": "export const a = process.env.PORT;\n",
  "vitest.config.ts": "export default {};\n",
};

interface Report {
  diagnostics: { category: string; severity: string; location: { path: string | { file: string } } }[];
}

/** Runs the linter of `npm run lint` over the planted tree with the project's own settings. */
function lint(tree: string): Report {
  const bin = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [bin, "lint", "--error-on-warnings", "--reporter=json", "--max-diagnostics=none", "."];
  return JSON.parse(spawnSync(process.execPath, args, { cwd: tree, encoding: "utf8" }).stdout);
}

describe("lint rules", () => {
  let tree = "";
  let reported: string[] = [];

  beforeAll(() => {
    tree = plantTree({ ...Object.fromEntries(breaks), ...sound, "package.json": '{ "type": "module" }\n' });
    copyFileSync(join(root, "biome.json"), join(tree, "biome.json"));
    reported = lint(tree).diagnostics.map(({ category, location: { path } }) => {
      const file = typeof path === "string" ? path : path.file;
      return `${file.replace(/^\.\//, "")} ${category.split("/").at(-1)}`;
    });
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(breaks)("see what is wrong with %s", (path, _, rule) => {
    expect(reported).toContain(`${path} ${rule}`);
  });

  it("leave sound files alone", () => {
    expect(reported.filter((line) => Object.keys(sound).includes(line.split(" ")[0] ?? ""))).toEqual([]);
  });
});
