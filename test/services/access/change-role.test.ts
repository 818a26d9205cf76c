import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ChangeRoleDeps, type ChangeRoleInput, changeRole } from "../../../services/access/change-role.ts";
import { decideRoleChange } from "../../../services/access/decide-role-change.ts";
import type { Person } from "../../../services/domain/person.ts";
import type { Role, RoleGrant } from "../../../services/domain/role.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "../../contract/store/opened-store.ts";
import { A, B, conversation, ROBIN, START } from "../../contract/store/store-samples.ts";

const person = (name: string): Person => ({ id: `id-${name.toLowerCase()}`, name, signInName: null });
const [TOM, ANN, EVE] = [person("Tom"), person("Ann"), person("Eve")];
const grant = (who: Person, role: Role): RoleGrant => ({
  accountId: A,
  person: who,
  role,
  grantedBy: ROBIN,
  grantedAt: START,
});

describe("who may lose or get a role", () => {
  const decide = (who: Person, after: Role | null, grants: RoleGrant[], configured: string[] = []) =>
    decideRoleChange({ personId: who.id, after, grants, configuredAdmins: new Set(configured) }).kind;
  const admins = [grant(TOM, "admin"), grant(ANN, "admin")];

  it.each([
    { what: "a new grant", got: decide(EVE, "viewer", admins), wanted: "change" },
    { what: "the same role again", got: decide(TOM, "admin", admins), wanted: "alreadySo" },
    { what: "nothing to take", got: decide(EVE, null, admins), wanted: "hadNone" },
    { what: "one of two granted admins", got: decide(TOM, null, admins), wanted: "change" },
    { what: "the last granted admin", got: decide(TOM, null, [grant(TOM, "admin")]), wanted: "lastAdmin" },
    { what: "the last one, made an analyst", got: decide(TOM, "analyst", [grant(TOM, "admin")]), wanted: "lastAdmin" },
    {
      what: "the last granted beside a configured",
      got: decide(TOM, null, [grant(TOM, "admin")], ["x"]),
      wanted: "change",
    },
    {
      what: "an analyst where one admin is",
      got: decide(ANN, null, [grant(TOM, "admin"), grant(ANN, "analyst")]),
      wanted: "change",
    },
    { what: "a configured admin", got: decide(TOM, null, admins, [TOM.id]), wanted: "configuredAdmin" },
    { what: "a configured admin, granted", got: decide(TOM, "viewer", [], [TOM.id]), wanted: "configuredAdmin" },
  ])("$what: $wanted", ({ got, wanted }) => {
    expect(got).toBe(wanted);
  });
});

describe("changing a role", () => {
  const clock = movedClock();
  let stores: Stores;
  let ids = 0;
  let deps: ChangeRoleDeps;
  const newId = () => {
    ids += 1;
    return `row-${ids}`;
  };
  const randomness = { id: newId, secret: () => "secret" };
  beforeEach(async () => {
    stores = await openSqliteStores({ path: ":memory:", clock });
    const { roles, audit, conversations } = stores;
    deps = { roles, audit, conversations, accounts: [], configuredAdmins: new Set(), clock, randomness };
  });
  afterEach(() => stores.close());

  const change = (who: Person, role: Role | null, more: Partial<ChangeRoleInput> = {}) =>
    changeRole(deps, { accountId: A, person: who, role, by: ROBIN, where: "chat", seenAt: null, ...more });

  it("counts of the configured admins those of this account: another account's can't keep it going", async () => {
    const both = { accounts: [A, B].map((id) => ({ id, name: id })), configuredAdmins: new Set([ANN.id]) };
    deps = { ...deps, ...both };
    await change(TOM, "admin");
    expect(await change(TOM, null)).toEqual({ kind: "lastAdmin" });
    await stores.conversations.put(conversation({ kind: "personal", personId: ANN.id }));
    expect(await change(TOM, null)).toEqual({ kind: "changed", before: "admin" });
  });

  it("is kept with who granted it and when, and in the audit log", async () => {
    expect(await change(TOM, "admin")).toEqual({ kind: "changed", before: null });
    clock.advance(60_000);
    const now = clock.now();
    expect(await change(ANN, "analyst", { by: TOM })).toEqual({ kind: "changed", before: null });
    expect(await stores.roles.get(A, ANN.id)).toMatchObject({ role: "analyst", grantedBy: TOM, grantedAt: now });
    const [row] = await stores.audit.list({ accountId: A, limit: 1 });
    expect(row).toMatchObject({
      verb: "role.grant",
      target: `Ann (${ANN.id})`,
      before: null,
      after: "analyst",
      at: now,
    });
    expect(await change(ANN, null)).toEqual({ kind: "changed", before: "analyst" });
    expect((await stores.audit.list({ accountId: A, limit: 1 }))[0]).toMatchObject({
      verb: "role.revoke",
      after: null,
    });
  });

  it("keeps when somebody became an admin where the same role is given again", async () => {
    await change(TOM, "admin");
    const since = clock.now();
    clock.advance(60_000);
    expect(await change(TOM, "admin", { by: ANN })).toMatchObject({ kind: "alreadySo" });
    expect((await stores.roles.get(A, TOM.id))?.grantedAt).toBe(since);
  });

  it("of two admins with the same card, tells the second what the first did and when", async () => {
    await change(TOM, "analyst");
    clock.advance(1_000);
    const seenAt = clock.now();
    clock.advance(1_000);
    const at = clock.now();
    expect(await change(TOM, null, { by: ANN, seenAt })).toEqual({ kind: "changed", before: "analyst" });
    const second = await change(TOM, "admin", { by: EVE, seenAt });
    expect(second).toEqual({ kind: "changedMeanwhile", change: { by: "Ann", at, after: null } });
    expect(await stores.roles.get(A, TOM.id)).toBeNull();
    // Ann's own second click is no other admin's change, and a card made after it knows of it.
    expect(await change(TOM, "viewer", { by: ANN, seenAt })).toMatchObject({ kind: "changed" });
    clock.advance(1_000);
    expect(await change(TOM, "admin", { by: EVE, seenAt: clock.now() })).toEqual({ kind: "changed", before: "viewer" });
  });

  it("of two who write in the same moment, tells the second, and carries out what concerns others", async () => {
    await change(EVE, "admin");
    await change(TOM, "analyst");
    clock.advance(1_000);
    const interfere = (work: () => Promise<unknown>): ChangeRoleDeps["roles"] => {
      let done = false;
      return {
        read: async (accountId) => {
          const read = await stores.roles.read(accountId);
          if (!done) {
            done = true;
            await work();
          }
          return read;
        },
        put: (input) => stores.roles.put(input),
        remove: (input) => stores.roles.remove(input),
      };
    };
    const real = deps;
    deps = {
      ...real,
      roles: interfere(() =>
        changeRole(real, { accountId: A, person: TOM, role: "viewer", by: ANN, where: "c", seenAt: null }),
      ),
    };
    expect(await change(TOM, null, { by: EVE })).toMatchObject({
      kind: "changedMeanwhile",
      change: { by: "Ann", after: "viewer" },
    });
    deps = {
      ...real,
      roles: interfere(() =>
        changeRole(real, { accountId: A, person: ANN, role: "viewer", by: ANN, where: "c", seenAt: null }),
      ),
    };
    expect(await change(TOM, null, { by: EVE })).toEqual({ kind: "changed", before: "viewer" });
  });

  it("never leaves an account without an admin, even where two remove each other", async () => {
    await change(TOM, "admin");
    await change(ANN, "admin");
    const outcomes = await Promise.all([change(ANN, null, { by: TOM }), change(TOM, null, { by: ANN })]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["changed", "noLongerAdmin"]);
    const [remaining] = await stores.roles.list(A);
    expect(await change(remaining?.person ?? TOM, null)).toEqual({ kind: "lastAdmin" });
    expect((await stores.roles.list(A)).filter(({ role }) => role === "admin")).toHaveLength(1);
  });
});
