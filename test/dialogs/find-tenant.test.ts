import { beforeEach, describe, expect, it } from "vitest";
import { findTenant, searchInWords } from "../../dialogs/find-tenant.ts";
import type { Stores } from "../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "../contract/store/opened-store.ts";
import { A, B, linked, organization } from "../contract/store/store-samples.ts";

let stores: Stores;
beforeEach(async () => {
  stores = await openSqliteStores({ path: ":memory:", clock: movedClock() });
  await linked(stores, { tenantName: "Fabrikam AG", tenantDomain: "fabrikam.example" }, "Fabrikam");
  await linked(stores, { tenantName: "North", tenantDomain: "north.example" }, "North Shore");
  await linked(stores, { tenantName: "North Inn", tenantDomain: "inn.example" }, "North Shore Inn");
  await linked(stores, { accountId: B, tenantName: "Zeta", tenantDomain: "zeta.example" }, "Zeta Works");
  await stores.organizations.add(organization({ name: "Tailspin Toys" }));
});
const find = (words: string) => findTenant(stores, { accountId: A, words });

describe("findTenant", () => {
  it.each([
    ["Fabrikam", "Fabrikam"],
    ["fabrikam ag", "Fabrikam"],
    ["fabrikam.example", "Fabrikam"],
    ["inn", "North Shore Inn"],
    ["north  shore", "North Shore"],
    ["NORTH SHORE", "North Shore"],
  ])("%j is %s", async (words, name) => {
    expect(await find(words)).toMatchObject({ kind: "found", organizationName: name });
  });

  it("names several when more than one matches and none exactly", async () => {
    const search = await find("north");
    expect(search).toEqual({ kind: "several", names: ["North Shore", "North Shore Inn"] });
    if (search.kind === "found") throw new Error("It must not be found.");
    expect(searchInWords(search, "north")).toBe(
      'Several tenants match "north": North Shore, North Shore Inn. Type more of the name.',
    );
  });

  it("names no more than five of many", async () => {
    for (let index = 0; index < 9; index += 1) await linked(stores, {}, `South ${index}`);
    expect(await find("south")).toMatchObject({
      kind: "several",
      names: ["South 0", "South 1", "South 2", "South 3", "South 4"],
    });
  });

  it("knows an organization that has no tenant", async () => {
    const search = await find("tailspin toys");
    expect(search).toEqual({ kind: "organizationWithoutTenant", name: "Tailspin Toys" });
    if (search.kind === "found") throw new Error("It must not be found.");
    expect(searchInWords(search, "tailspin toys")).toContain("Tailspin Toys has no tenant yet.");
  });

  it.each(["zeta works", "zeta.example", "nobody", "%", "_"])(
    "finds nothing for %j, another account's included",
    async (words) => {
      expect(await find(words)).toEqual({ kind: "none" });
    },
  );
});
