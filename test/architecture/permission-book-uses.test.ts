import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { consentCard } from "../../cards/consent-card.ts";
import { permissionRows } from "../../cards/permission-rows.ts";
import { permissionTable, readEntraArguments, requiredResourceAccess } from "../../manifest/entra-registration.ts";
import { comparePermissions, loadPermissionBook } from "../../services/tenants/permission-book.ts";
import { journeyOf } from "../cards/examples/example-parts.ts";
import { allPermissions, resources } from "../sandbox/world/permissions.ts";

const book = loadPermissionBook();
const root = new URL("../../", import.meta.url);
const named = ({ resource, value }: { resource: string; value: string }) => `${resource}/${value}`;
const all = ["core", "response", "insight"] as const;

/** The permission book is the one source: whatever names permissions has exactly those of the book. */
describe("The uses of the permission book", () => {
  it("the consent card lists each permission with its why, in the book's order", () => {
    const { permissions } = book;
    const { card } = consentCard({
      journey: journeyOf({}),
      consentUrl: "https://x.example",
      accountName: "A",
      permissions,
    });
    const shown = JSON.stringify(card);
    expect(shown).toContain('"27 permissions are asked for:"');
    const rows = permissionRows(permissions);
    expect(rows.map(({ permission }) => permission.split(" ")[0])).toEqual(permissions.map(({ value }) => value));
    for (const [at, { why }] of permissions.entries()) expect(rows[at]?.purpose).toContain(why);
    const places = rows.map(({ permission, purpose }) => {
      const at = shown.indexOf(JSON.stringify(permission));
      return at === -1 ? -1 : shown.indexOf(JSON.stringify(purpose), at);
    });
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it("README's table has each of the book's, and no other", () => {
    const readme = readFileSync(new URL("README.md", root), "utf8");
    const table = readme.split("<!-- permissions: manifest/permissions.json -->")[1]?.split("<!--")[0] ?? "";
    const names = [...table.matchAll(/^\| `([A-Z][\w.]+)`/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(book.permissions.map(({ value }) => value).sort());
  });

  it("the app registration asks for the book's ids as application permissions of the two resources, nothing else", () => {
    const access = requiredResourceAccess(book, all);
    expect(access.map(({ resourceAppId }) => resourceAppId)).toEqual([
      book.resources.graph.appId,
      book.resources.defender.appId,
    ]);
    const roles = access.flatMap(({ resourceAccess }) => resourceAccess);
    expect(new Set(roles.map(({ id }) => id))).toEqual(new Set(book.permissions.map(({ id }) => id)));
    expect(roles.filter(({ type }) => type !== "Role")).toEqual([]);
    expect(access.map(({ resourceAccess }) => resourceAccess.length)).toEqual([5, 22]);
  });

  it("`npm run entra` prints it: as JSON, one tier alone, and as a table", () => {
    const run = (...words: string[]) =>
      execFileSync(process.execPath, ["manifest/print-entra.ts", ...words], { cwd: root, encoding: "utf8" });
    expect(JSON.parse(run("--json"))).toEqual(requiredResourceAccess(book, all));
    const core = JSON.parse(run("--tier", "core", "--json")) as { resourceAccess: { id: string }[] }[];
    const coreIds = book.permissions.filter(({ tier }) => tier === "core").map(({ id }) => id);
    expect(core.flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => id))).toEqual(coreIds);
    const table = run();
    for (const { value } of book.permissions) expect(table).toContain(value);
    expect(table).toContain("also seen as SecurityRecommendations.Read.All");
    expect(permissionTable(book, ["core"]).split("\n")).toHaveLength(1 + coreIds.length + 2);
  });

  it("refuses options that it does not know, in a sentence", () => {
    expect(readEntraArguments(["--tier", "everything"])).toMatchObject({ kind: "wrong" });
    expect(readEntraArguments(["--tier"])).toMatchObject({ kind: "wrong" });
    expect(readEntraArguments(["--yaml"])).toMatchObject({
      kind: "wrong",
      sentence: expect.stringContaining("--yaml"),
    });
  });

  it("the check of what was granted asks for all of it, under each spelling that the book knows", () => {
    const spelled = (resource: "graph" | "defender") =>
      book.permissions
        .filter((permission) => permission.resource === resource)
        .map(({ value, otherSpellings }) => otherSpellings[0] ?? value);
    expect(comparePermissions(book, spelled("graph"), spelled("defender")).missing).toEqual([]);
    expect(comparePermissions(book, [], []).missing).toEqual(book.permissions);
  });

  it("the sandbox's app asks for the same, of resources of the same ids", () => {
    expect(allPermissions.map(named).sort()).toEqual(book.permissions.map(named).sort());
    expect(resources.graph.appId).toBe(book.resources.graph.appId);
    expect(resources.defender.appId).toBe(book.resources.defender.appId);
  });
});
