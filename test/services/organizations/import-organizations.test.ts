import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../../services/domain/instant.ts";
import { cancelImport, confirmImport, prepareImport } from "../../../services/organizations/import-organizations.ts";
import { A, B, ROBIN } from "../../contract/store/store-samples.ts";
import { type OrganizationWorld, openOrganizationWorld } from "./organization-world.ts";

let world: OrganizationWorld;
beforeEach(async () => {
  world = await openOrganizationWorld();
});
afterEach(() => world.close());

async function prepared(text: string): Promise<string> {
  const preparation = await prepareImport(world, { accountId: A, personId: ROBIN.id, text });
  if (preparation.kind !== "planned") throw new Error(preparation.kind);
  return preparation.importId;
}
const confirm = (importId: string, changes: { accountId?: string; personId?: string } = {}) =>
  confirmImport(world, {
    accountId: changes.accountId ?? A,
    importId,
    by: { ...ROBIN, id: changes.personId ?? ROBIN.id },
    where: "chat",
  });

describe("an import", () => {
  it("adds nothing before it is confirmed, then each new name once, with audit rows", async () => {
    await world.organizations.add({ accountId: A, id: "o", name: "Fabrikam", createdAt: world.clock.now() });
    const importId = await prepared("Contoso\nFABRIKAM\nAdatum\ncontoso");
    expect(await world.names(A)).toEqual(["Fabrikam"]);
    expect(await confirm(importId)).toEqual({ kind: "done", added: 2, existed: 0 });
    expect(await world.names(A)).toEqual(["Adatum", "Contoso", "Fabrikam"]);
    const rows = await world.audit.list({ accountId: A, limit: 9 });
    expect(rows.map(({ verb, target, after }) => [verb, target, after])).toEqual([
      ["organization.import", "organizations", "2 added, 0 there already"],
      ["organization.add", "Adatum", "Adatum"],
      ["organization.add", "Contoso", "Contoso"],
    ]);
    expect(new Set(rows.map(({ operationId }) => operationId))).toEqual(new Set([importId]));
  });

  it("confirmed again adds nothing, and says that it is done", async () => {
    const importId = await prepared("Contoso");
    await confirm(importId);
    expect(await confirm(importId)).toEqual({ kind: "doneBefore", added: 1 });
    expect(await world.audit.list({ accountId: A, limit: 9 })).toHaveLength(2);
  });

  it("leaves alone what was added since the preview", async () => {
    const importId = await prepared("Contoso\nAdatum");
    await world.organizations.add({ accountId: A, id: "o", name: "CONTOSO", createdAt: world.clock.now() });
    expect(await confirm(importId)).toEqual({ kind: "done", added: 1, existed: 1 });
    expect(await world.names(A)).toEqual(["Adatum", "CONTOSO"]);
  });

  it("goes on where a crash in the middle ended it", async () => {
    const importId = await prepared(Array.from({ length: 350 }, (_, at) => `Customer ${at}`).join("\n"));
    let batches = 0;
    const failing = {
      ...world,
      organizations: {
        list: world.organizations.list,
        addMany: (items: Parameters<typeof world.organizations.addMany>[0]) => {
          batches += 1;
          if (batches > 2) throw new Error("killed");
          return world.organizations.addMany(items);
        },
      },
    };
    await expect(confirmImport(failing, { accountId: A, importId, by: ROBIN, where: "chat" })).rejects.toThrow(
      "killed",
    );
    expect(await world.organizations.count(A)).toBe(200);
    expect(await confirm(importId)).toEqual({ kind: "done", added: 150, existed: 200 });
    expect(await world.organizations.count(A)).toBe(350);
  });

  it("is answered by who asked for it alone, in their account, within the hour, and not after Cancel", async () => {
    const importId = await prepared("Contoso");
    expect(await confirm(importId, { accountId: B })).toEqual({ kind: "gone" });
    expect(await confirm(importId, { personId: "somebody" })).toEqual({ kind: "gone" });
    expect(await cancelImport(world, { accountId: B, personId: ROBIN.id, importId })).toBe(false);
    expect(await cancelImport(world, { accountId: A, personId: ROBIN.id, importId })).toBe(true);
    expect(await confirm(importId)).toEqual({ kind: "gone" });
    const late = await prepared("Contoso");
    world.clock.advance(61 * MINUTE);
    expect(await confirm(late)).toEqual({ kind: "gone" });
    expect(await world.names(A)).toEqual([]);
  });

  it("takes 10,000 names in batches between which others go on", async () => {
    const importId = await prepared(Array.from({ length: 10_000 }, (_, at) => `Customer ${at}`).join("\n"));
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    expect(await confirm(importId)).toEqual({ kind: "done", added: 10_000, existed: 0 });
    clearInterval(others);
    expect(turns).toBeGreaterThan(20);
    expect(await world.organizations.count(A)).toBe(10_000);
  }, 60_000);
});
