import { beforeEach, describe, expect, it } from "vitest";
import { changeRole } from "../../../services/access/change-role.ts";
import { roleOf } from "../../../services/access/role-of.ts";
import type { Role } from "../../../services/domain/role.ts";
import { A, B, binding, conversation } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "../alerts/alert-world.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});
const kim = { id: "person-kim", name: "Kim Alvarez", signInName: "kim@soc.example" };
const configuredAdmins = new Set(["person-chief"]);
const deps = () => ({ ...world.deps, accounts: [], configuredAdmins });
const chief = { id: "person-chief", name: "Chief", signInName: null };
const grant = (role: Role) =>
  changeRole(deps(), { accountId: A, person: kim, role, by: chief, where: "chat-1", seenAt: null });

async function bind(conversationId: string, membersAre: Role | null, kind: "alerts" | "notices" = "alerts") {
  await world.stores.conversations.put(conversation({ id: conversationId }));
  await world.stores.bindings.put({ binding: binding({ conversationId, membersAre, kind }), audit: null });
}

describe("roleOf", () => {
  const of = (fields: Partial<Parameters<typeof roleOf>[1]> = {}) =>
    roleOf(deps(), { accountId: A, personId: kim.id, conversationId: "channel-1", isMember: true, ...fields });

  it("is nobody's who was not granted one and speaks where no binding gives one", async () => {
    await bind("channel-2", "analyst");
    await bind("channel-1", null);
    expect(await of()).toBeNull();
  });

  it("is a configured admin's everywhere, even where they are no member", async () => {
    expect(await of({ personId: "person-chief", isMember: false })).toBe("admin");
  });

  it("is what was granted by name, to a guest as well, in that account alone", async () => {
    await grant("viewer");
    expect(await of({ isMember: false })).toBe("viewer");
    expect(await of({ accountId: B })).toBeNull();
  });

  it("is what the binding of this very conversation gives its members, guests excepted", async () => {
    await bind("channel-1", "analyst");
    expect(await of()).toBe("analyst");
    expect(await of({ isMember: false })).toBeNull();
    expect(await of({ conversationId: "channel-2" })).toBeNull();
  });

  it("is the highest of grant and bindings", async () => {
    await bind("channel-1", "viewer");
    await bind("channel-1", "analyst", "notices");
    expect(await of()).toBe("analyst");
    await grant("admin");
    expect(await of()).toBe("admin");
    await grant("viewer");
    expect(await of()).toBe("analyst");
  });
});
