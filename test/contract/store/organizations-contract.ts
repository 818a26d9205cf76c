import { expect, it } from "vitest";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, auditRow, B, link, organization, sync } from "./store-samples.ts";

export function organizationsContract(open: OpenStore): void {
  const { stores } = bench(open);

  it("gives back the organization that has the name already, whatever its case, width and spaces", async () => {
    const first = organization({ name: "Contoso  Ltd" });
    expect(await stores().organizations.add(first)).toEqual({ kind: "added" });
    const again = await stores().organizations.add(organization({ name: " CONTOSO Ｌｔｄ " }));
    expect(again).toEqual({ kind: "nameTaken", existing: first });
    expect(await stores().organizations.count(A)).toBe(1);
  });

  it("lets two accounts have an organization of one name", async () => {
    await stores().organizations.add(organization({ name: "Contoso" }));
    expect(await stores().organizations.add(organization({ accountId: B, name: "Contoso" }))).toEqual({
      kind: "added",
    });
  });

  it("finds by id and by name, and says null for what is not there", async () => {
    const item = organization({ name: "Fabrikam" });
    await stores().organizations.add(item);
    expect(await stores().organizations.get(A, item.id)).toEqual(item);
    expect(await stores().organizations.findByName(A, "fabrikam ")).toEqual(item);
    expect(await stores().organizations.get(A, "nobody")).toBeNull();
    expect(await stores().organizations.findByName(A, "fabri")).toBeNull();
  });

  it("lists by name, in pages, and those whose name contains a text", async () => {
    for (const name of ["delta", "Alpha", "charlie 100%", "Bravo"]) {
      await stores().organizations.add(organization({ name }));
    }
    const names = async (input: { text?: string; offset?: number; limit?: number }) => {
      const found = await stores().organizations.list({ accountId: A, offset: 0, limit: 10, ...input });
      return found.map(({ name }) => name);
    };
    expect(await names({})).toEqual(["Alpha", "Bravo", "charlie 100%", "delta"]);
    expect(await names({ offset: 1, limit: 2 })).toEqual(["Bravo", "charlie 100%"]);
    expect(await names({ text: "LT" })).toEqual(["delta"]);
    expect(await names({ text: "0%" })).toEqual(["charlie 100%"]);
    expect(await names({ text: "_" })).toEqual([]);
    expect(await names({ offset: 4 })).toEqual([]);
  });

  it("keeps those with or without a tenant", async () => {
    const withTenant = organization({ name: "With" });
    const without = organization({ name: "Without" });
    await stores().organizations.add(withTenant);
    await stores().organizations.add(without);
    const created = link({ organizationId: withTenant.id });
    await stores().links.create({ link: created, sync: sync(created), audit: auditRow() });
    const page = { accountId: A, offset: 0, limit: 10 };
    expect(await stores().organizations.list({ ...page, linked: true })).toEqual([withTenant]);
    expect(await stores().organizations.list({ ...page, linked: false })).toEqual([without]);
  });
}
