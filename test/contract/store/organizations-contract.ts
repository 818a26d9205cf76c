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

  it("adds many with their audit rows, leaves out names that are taken, and adds nothing when repeated", async () => {
    await stores().organizations.add(organization({ name: "Contoso" }));
    const names = ["Fabrikam", " CONTOSO", "Adatum", "fabrikam"];
    const items = names.map((name) => ({ organization: organization({ name }), audit: auditRow({ target: name }) }));
    const added = await stores().organizations.addMany(items);
    expect(added).toEqual(new Set([items[0]?.organization.id, items[2]?.organization.id]));
    expect(await stores().organizations.count(A)).toBe(3);
    expect(await stores().organizations.findByName(A, "FABRIKAM")).toEqual(items[0]?.organization);
    const targets = async () => (await stores().audit.list({ accountId: A, limit: 9 })).map(({ target }) => target);
    expect((await targets()).sort()).toEqual(["Adatum", "Fabrikam"]);
    expect(await stores().organizations.addMany(items)).toEqual(new Set());
    expect(await stores().organizations.count(A)).toBe(3);
    expect(await targets()).toHaveLength(2);
  });

  it("renames: found by the new name alone, its link and id as they were, with its audit row", async () => {
    const before = organization({ name: "Contoso" });
    await stores().organizations.add(before);
    const created = link({ organizationId: before.id });
    await stores().links.create({ link: created, sync: sync(created), audit: auditRow() });
    const after = { ...before, name: "Contoso Dental" };
    const audit = auditRow({ verb: "organization.rename", target: "Contoso" });
    expect(await stores().organizations.rename({ before, after, audit })).toEqual({ kind: "renamed" });
    expect(await stores().organizations.findByName(A, "contoso")).toBeNull();
    expect(await stores().organizations.findByName(A, "contoso dental")).toEqual(after);
    expect(await stores().links.list({ accountId: A, offset: 0, limit: 9 })).toEqual([
      { link: created, organizationName: "Contoso Dental" },
    ]);
    expect(await stores().audit.list({ accountId: A, target: "Contoso", limit: 9 })).toContainEqual(audit);
    const louder = { ...after, name: "CONTOSO Dental" };
    expect(await stores().organizations.rename({ before: after, after: louder, audit: auditRow() })).toEqual({
      kind: "renamed",
    });
    expect(await stores().organizations.get(A, before.id)).toEqual(louder);
  });

  it("renames nothing when the name is taken, or when the organization is not what was read", async () => {
    const before = organization({ name: "Contoso" });
    const other = organization({ name: "Fabrikam" });
    await stores().organizations.add(before);
    await stores().organizations.add(other);
    await stores().organizations.add(organization({ accountId: B, name: "Adatum" }));
    const rename = (from: typeof before, name: string) =>
      stores().organizations.rename({ before: from, after: { ...from, name }, audit: auditRow({ target: "renamed" }) });
    expect(await rename(before, "FABRIKAM ")).toEqual({ kind: "nameTaken", existing: other });
    expect(await rename({ ...before, name: "Contosso" }, "Adatum")).toEqual({ kind: "conflict", current: before });
    expect(await rename({ ...before, accountId: B }, "Tailspin")).toEqual({ kind: "conflict", current: null });
    expect(await rename({ ...before, id: "nobody" }, "Tailspin")).toEqual({ kind: "conflict", current: null });
    expect(await stores().organizations.get(A, before.id)).toEqual(before);
    expect(await stores().audit.list({ accountId: A, target: "renamed", limit: 9 })).toEqual([]);
    expect(await rename(before, "Adatum")).toEqual({ kind: "renamed" });
  });

  it("lets one of two renames at the same moment through", async () => {
    const before = organization({ name: "Contoso" });
    await stores().organizations.add(before);
    const outcomes = await Promise.all(
      ["One", "Two"].map((name) =>
        stores().organizations.rename({ before, after: { ...before, name }, audit: auditRow() }),
      ),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["conflict", "renamed"]);
  });

  it("keeps a directory id with the organization", async () => {
    const before = organization({ name: "Contoso" });
    await stores().organizations.add(before);
    const after = { ...before, directoryId: "42" };
    expect((await stores().organizations.rename({ before, after, audit: auditRow() })).kind).toBe("renamed");
    expect(await stores().organizations.get(A, before.id)).toEqual(after);
    const stale = { before, after: { ...before, name: "Adatum" }, audit: auditRow() };
    expect(await stores().organizations.rename(stale)).toEqual({ kind: "conflict", current: after });
    const renamed = { ...after, name: "Adatum" };
    await stores().organizations.rename({ before: after, after: renamed, audit: auditRow() });
    expect(await stores().organizations.findByName(A, "adatum")).toEqual(renamed);
  });

  it("lists names that start with the text before those that only contain it", async () => {
    for (const name of ["Alpine Contoso", "Contoso", "The Contoso Shop", "contoso dental", "Fabrikam"]) {
      await stores().organizations.add(organization({ name }));
    }
    const page = { accountId: A, text: "CONT", startsFirst: true };
    const found = await stores().organizations.list({ ...page, offset: 0, limit: 3 });
    expect(found.map(({ name }) => name)).toEqual(["Contoso", "contoso dental", "Alpine Contoso"]);
    const rest = await stores().organizations.list({ ...page, offset: 3, limit: 3 });
    expect(rest.map(({ name }) => name)).toEqual(["The Contoso Shop"]);
  });
}
