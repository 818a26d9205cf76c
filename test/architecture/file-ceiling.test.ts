import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** The project's code: all that git holds or would take. */
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.cjs"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((path) => existsSync(join(root, path)))
  .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").replace(/\n$/, "").split("\n") }));

const ceilingOf = (path: string): number => (path.startsWith("test/") ? 400 : 250);

describe("the project's code", () => {
  it("is found", () => {
    expect(files.map(({ path }) => path)).toContain("test/architecture/file-ceiling.test.ts");
  });

  // The linter has the same ceiling, but does not count the lines inside a template literal.
  it("keeps every file within the ceiling", () => {
    const tooLong = files.filter(({ path, lines }) => lines.length > ceilingOf(path));
    expect(tooLong.map(({ path, lines }) => `${path}: ${lines.length} lines`)).toEqual([]);
  });

  it("escapes neither the linter nor the type checker, and leaves nothing to do later", () => {
    // Each word is written so that this line does not find itself.
    const leftOver = /biome-[i]gnore|@ts-([i]gnore|[n]ocheck|[e]xpect-error)|\b[T]ODO\b|\b[F]IXME\b/;
    const found = files.flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (leftOver.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it("has rooms, not drawers", () => {
    const drawer = /(^|\/)(src|utils?|helpers?|common|misc)\/|(^|\/)(index|utils?|helpers?|common|misc)\.ts$/;
    expect(files.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([]);
  });
});
