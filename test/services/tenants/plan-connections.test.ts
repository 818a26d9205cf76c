import { describe, expect, it } from "vitest";
import { organizationKey } from "../../../services/domain/organization.ts";
import { type KnownOrganization, planConnections } from "../../../services/tenants/plan-connections.ts";

const known = new Map<string, KnownOrganization>(
  (
    [
      ["Contoso Dental", "none"],
      ["Fabrikam", "open"],
      ["Tailspin", "linked"],
    ] as const
  ).map(([name, tenant]) => [organizationKey(name), { id: `id of ${name}`, name, tenant }]),
);

const plan = (...rows: readonly (readonly [string, string?])[]) =>
  planConnections(
    rows.map(([text, domain], at) => ({ line: at + 1, text, ...(domain === undefined ? {} : { domain }) })),
    known,
  );

describe("planning a list of connections", () => {
  it.each([
    ["contoso  DENTAL", { kind: "known", name: "Contoso Dental", organizationId: "id of Contoso Dental" }],
    ["Fabrikam", { kind: "open", organizationId: "id of Fabrikam" }],
    ["TAILSPIN", { kind: "linked", name: "Tailspin", organizationId: "id of Tailspin" }],
    ["Litware,  Inc.", { kind: "new", name: "Litware, Inc." }],
    ["", { kind: "wrong", reason: "empty" }],
    ["x".repeat(81), { kind: "wrong", reason: "tooLong" }],
    ["a\u202Eb", { kind: "wrong", reason: "unreadable" }],
  ])("%j alone", (text, expected) => {
    expect(plan([text])).toMatchObject([{ line: 1, domain: null, ...expected }]);
  });

  it("reads domains in small letters, and names the ones that are none", () => {
    expect(plan(["Contoso Dental", " Contoso-Dental.EXAMPLE "], ["Litware", "none at all"])).toMatchObject([
      { kind: "known", domain: "contoso-dental.example" },
      { kind: "wrong", reason: "badDomain", domain: "none at all" },
    ]);
  });

  it("takes the first line of an organization and the first of a domain", () => {
    const lines = plan(["A", "a.example"], ["a"], ["B", "A.example"], ["C", "c.example"], ["b"]);
    expect(lines).toMatchObject([
      { kind: "new", line: 1 },
      { kind: "same", line: 2, firstLine: 1 },
      { kind: "wrong", line: 3, reason: "sameDomain" },
      { kind: "new", line: 4 },
      { kind: "new", line: 5 },
    ]);
  });
});
