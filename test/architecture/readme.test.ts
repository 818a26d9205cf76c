import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import permissionBook from "../../manifest/permissions.json" with { type: "json" };
import packageFile from "../../package.json" with { type: "json" };
import { SETTINGS } from "../../services/config/settings-table.ts";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

/** The cells of the table between two markers, without its head. */
function rowsOf(name: string): readonly (readonly string[])[] {
  const found = new RegExp(`<!-- ${name}: [^>]+ -->\n([\\s\\S]+?)\n<!-- end of ${name} -->`).exec(readme);
  if (found?.[1] === undefined) throw new Error(`README.md has no part marked "${name}".`);
  const [, , ...rows] = found[1].trim().split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("README", () => {
  it("has the configuration table that the settings' own table gives", () => {
    const expected = SETTINGS.map(({ name, default: standard, meaning }) => [`\`${name}\``, standard, meaning]);
    expect(rowsOf("settings")).toEqual(expected);
  });

  it("has the permissions of the book, each with its why", () => {
    const { resources, permissions } = permissionBook;
    const expected = permissions.map(({ value, resource, tier, available, why }) => {
      const api = resource === "graph" ? resources.graph.name : resources.defender.name;
      return [`\`${value}\``, api, available ? tier : `${tier}, asked for later features`, why];
    });
    expect(rowsOf("permissions")).toEqual(expected);
    expect(readme).toContain(`instead\nof ${permissions.length},`);
  });

  it("names no command of npm that is not there", () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, script = ""]) => script);
    const scripts = new Set([...Object.keys(packageFile.scripts), "ci"]);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((script) => !scripts.has(script))).toEqual([]);
  });

  it("links to and shows what exists", () => {
    const targets = [...readme.matchAll(/(?:\]\(|src=")([^)"#]+)/g)].map(([, target = ""]) => target);
    const own = targets.filter((target) => !/^https?:/.test(target));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((target) => !existsSync(new URL(target, root)))).toEqual([]);
  });
});
