import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Organization } from "../../../services/domain/organization.ts";
import { renameOrganization } from "../../../services/organizations/rename-organization.ts";
import { A, organization, ROBIN } from "../../contract/store/store-samples.ts";
import { type OrganizationWorld, openOrganizationWorld } from "./organization-world.ts";

let world: OrganizationWorld;
let contoso: Organization;
beforeEach(async () => {
  world = await openOrganizationWorld();
  contoso = organization({ name: "Contoso" });
  await world.organizations.add(contoso);
});
afterEach(() => world.close());

const rename = (item: Organization, name: string, directories = new Map<string, { name: string }>()) =>
  renameOrganization({ ...world, directories }, { organization: item, name, by: ROBIN, where: "chat" });

describe("renaming an organization", () => {
  it("gives it the name, with single spaces, and an audit row with before and after", async () => {
    const outcome = await rename(contoso, "  Contoso   Dental ");
    expect(outcome).toEqual({ kind: "renamed", organization: { ...contoso, name: "Contoso Dental" } });
    expect(await world.names(A)).toEqual(["Contoso Dental"]);
    expect(await world.audit.list({ accountId: A, limit: 1 })).toMatchObject([
      {
        verb: "organization.rename",
        before: "Contoso",
        after: "Contoso Dental",
        actor: { id: ROBIN.id },
        where: "chat",
      },
    ]);
  });

  it.each<[string, string, object]>([
    ["its own name", "Contoso", { kind: "alreadySo" }],
    ["no name", " ", { kind: "badName", reason: "empty" }],
    ["a name too long", "x".repeat(81), { kind: "badName", reason: "tooLong" }],
    ["a name that hides characters", "Con\u200Btoso", { kind: "badName", reason: "unreadable" }],
  ])("changes nothing for %s", async (_what, name, expected) => {
    expect(await rename(contoso, name)).toEqual(expected);
    expect(await world.names(A)).toEqual(["Contoso"]);
    expect(await world.audit.list({ accountId: A, limit: 1 })).toEqual([]);
  });

  it("says who has the name, and who was first", async () => {
    const other = organization({ name: "Adatum" });
    await world.organizations.add(other);
    expect(await rename(contoso, "ADATUM")).toEqual({ kind: "nameTaken", existing: other });
    await rename(contoso, "First");
    const current = { ...contoso, name: "First" };
    expect(await rename(contoso, "Second")).toEqual({ kind: "conflict", current });
  });

  it("leaves names to the directory that keeps them, while there is one", async () => {
    const kept = organization({ name: "Kept", directoryId: "7" });
    await world.organizations.add(kept);
    const huntress = new Map([[A, { name: "Huntress" }]]);
    expect(await rename(kept, "Other", huntress)).toEqual({ kind: "keptByDirectory", directory: "Huntress" });
    expect((await rename(contoso, "Ours", huntress)).kind).toBe("renamed");
    expect((await rename(kept, "Other")).kind).toBe("renamed");
    expect(await world.organizations.get(A, kept.id)).toMatchObject({ name: "Other", directoryId: "7" });
  });
});
