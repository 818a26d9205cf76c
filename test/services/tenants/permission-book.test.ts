import { describe, expect, it } from "vitest";
import {
  comparePermissions,
  loadPermissionBook,
  parsePermissionBook,
  permissionsOfTier,
} from "../../../services/tenants/permission-book.ts";
import { MICROSOFTS_ROLE_IDS } from "./microsofts-role-ids.ts";

const book = loadPermissionBook();
const valuesOf = (resource: "graph" | "defender"): string[] =>
  book.permissions.filter((permission) => permission.resource === resource).map(({ value }) => value);

describe("the permission book", () => {
  it("asks for 5 permissions of Microsoft Graph and 22 of WindowsDefenderATP", () => {
    expect(valuesOf("graph")).toHaveLength(5);
    expect(valuesOf("defender")).toHaveLength(22);
  });

  it("spells as Microsoft does where a customer's documents often don't", () => {
    expect(valuesOf("defender")).toEqual(
      expect.arrayContaining([
        "Machine.Scan",
        "Machine.CollectForensics",
        "SecurityRecommendation.Read.All",
        "IntegrationConfiguration.ReadWrite",
      ]),
    );
  });

  it("carries Microsoft's ids", () => {
    expect(book.resources.graph.appId).toBe("00000003-0000-0000-c000-000000000000");
    expect(book.resources.defender.appId).toBe("fc780465-2017-40d4-a0c5-307022471b92");
    const ids = Object.fromEntries(book.permissions.map(({ resource, value, id }) => [`${resource}/${value}`, id]));
    expect(ids).toEqual(MICROSOFTS_ROLE_IDS);
  });

  it("has only shipped features in core, and says so of nothing else", () => {
    const core = permissionsOfTier(book, ["core"]);
    expect(core.map(({ resource, value }) => `${resource}/${value}`)).toEqual([
      "graph/SecurityAlert.ReadWrite.All",
      "graph/Organization.Read.All",
      "defender/Machine.ReadWrite.All",
    ]);
    expect(book.permissions.filter(({ available }) => available)).toEqual(core);
  });

  it("is split by the tiers without rest", () => {
    const sizes = (["core", "response", "insight"] as const).map((tier) => permissionsOfTier(book, [tier]).length);
    expect(sizes).toEqual([3, 11, 13]);
    expect(permissionsOfTier(book, ["insight", "core", "response"])).toEqual(book.permissions);
    expect(permissionsOfTier(book, [])).toEqual([]);
  });

  it.each([
    ["an unknown tier", { tier: "extra" }],
    ["an id that is none", { id: "42" }],
    ["a permission without a why", { why: "" }],
    ["a misspelled permission", { value: "machine scan" }],
    ["an unknown field", { note: "x" }],
    ["a permission without a feature", { feature: "" }],
    ["an endpoint that is no call", { endpoint: "somewhere" }],
    ["a spelling that another one has", { otherSpellings: ["SecurityAlert.ReadWrite.All"] }],
    ["an id that stands there already", { value: "Other.Read.All" }],
    ["a permission that stands there already", { id: "11111111-1111-4111-8111-111111111111" }],
  ])("is refused with %s", (_, change) => {
    const first = book.permissions[0];
    expect(() => parsePermissionBook({ ...book, permissions: [first, { ...first, ...change }] })).toThrow();
    expect(parsePermissionBook({ ...book, permissions: [first] }).permissions).toEqual([first]);
  });
});

describe("comparePermissions", () => {
  it("finds everything granted", () => {
    const comparison = comparePermissions(book, valuesOf("graph"), valuesOf("defender"));
    expect(comparison).toEqual({ granted: book.permissions, missing: [], asked: 27 });
  });

  it("names what is missing, in the book's order", () => {
    const withoutScan = valuesOf("defender").filter((value) => value !== "Machine.Scan");
    const { granted, missing, asked } = comparePermissions(book, ["SecurityAlert.ReadWrite.All"], withoutScan);
    expect(missing.map(({ value }) => value)).toEqual([
      "Organization.Read.All",
      "SecurityIncident.ReadWrite.All",
      "Machine.Scan",
      "User.Read.All",
      "SecurityEvents.ReadWrite.All",
    ]);
    expect([granted.length, asked]).toEqual([22, 27]);
  });

  it("does not take one resource's permission for the other's of the same name", () => {
    const { granted } = comparePermissions(book, ["User.Read.All"], []);
    expect(granted.map(({ resource, value }) => [resource, value])).toEqual([["graph", "User.Read.All"]]);
  });

  it("leaves out what was not asked for, and compares spelling exactly", () => {
    expect(comparePermissions(book, ["Mail.Read"], ["machine.scan", "Machine.LiveResponse"]).granted).toEqual([]);
  });

  it("takes the spellings that are around, each for its own permission and resource only", () => {
    const spelled = ["Machine.scan", "Machine.Collectforensics", "Alerts.ReadWrite.All", "URL.Read.All"];
    expect(comparePermissions(book, [], spelled).granted.map(({ value }) => value)).toEqual([
      "Alert.ReadWrite.All",
      "Machine.Scan",
      "Machine.CollectForensics",
      "Url.Read.All",
    ]);
    expect(comparePermissions(book, spelled, []).granted).toEqual([]);
  });

  it("compares with core alone when only core is asked for", () => {
    const core = { ...book, permissions: permissionsOfTier(book, ["core"]) };
    expect(comparePermissions(core, valuesOf("graph"), []).missing.map(({ value }) => value)).toEqual([
      "Machine.ReadWrite.All",
    ]);
    expect(comparePermissions(core, [], []).asked).toBe(3);
  });
});
