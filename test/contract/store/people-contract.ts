import { expect, it } from "vitest";
import type { RoleGrant } from "../../../services/domain/role.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, auditRow, B, binding, conversation, ROBIN, START } from "./store-samples.ts";

export function peopleContract(open: OpenStore): void {
  const { stores, opened } = bench(open);
  const grant: RoleGrant = { accountId: A, person: ROBIN, role: "analyst", grantedBy: ROBIN, grantedAt: START };
  const verbs = async () => (await stores().audit.list({ accountId: A, limit: 9 })).map(({ verb }) => verb);

  it("grants, replaces and takes back a role, each with its audit row", async () => {
    expect(await stores().roles.put({ grant, etag: null, audit: auditRow({ verb: "role.grant" }) })).toBe("stored");
    const { etag } = await stores().roles.read(A);
    const change = { grant: { ...grant, role: "admin" as const }, etag, audit: auditRow({ verb: "role.change" }) };
    expect(await stores().roles.put(change)).toBe("stored");
    expect(await stores().roles.get(A, ROBIN.id)).toEqual({ ...grant, role: "admin" });
    expect(await stores().roles.list(A)).toEqual([{ ...grant, role: "admin" }]);
    const remove = async (verb: string) => {
      const read = await stores().roles.read(A);
      return stores().roles.remove({ accountId: A, personId: ROBIN.id, etag: read.etag, audit: auditRow({ verb }) });
    };
    expect(await remove("role.revoke")).toBe("stored");
    expect(await remove("role.again")).toBe("conflict");
    expect(await stores().roles.get(A, ROBIN.id)).toBeNull();
    expect(await verbs()).toEqual(["role.revoke", "role.change", "role.grant"]);
  });

  it("lets only the admin through who saw all grants as they are, and audits only that one", async () => {
    const other = { ...grant, person: { ...ROBIN, id: "person-sam", name: "Sam" } };
    const put = (item: RoleGrant, etag: string | null, verb: string) =>
      stores().roles.put({ grant: item, etag, audit: auditRow({ verb }) });
    expect(await stores().roles.read(A)).toEqual({ value: [], etag: null });
    expect(await put(grant, "1", "never read")).toBe("conflict");
    expect(await put(grant, null, "first")).toBe("stored");
    expect(await put(other, null, "late")).toBe("conflict");
    const { etag, value } = await stores().roles.read(A);
    expect(value).toEqual([grant]);
    expect(await put(other, etag, "second")).toBe("stored");
    const audit = auditRow({ verb: "late" });
    expect(await stores().roles.remove({ accountId: A, personId: ROBIN.id, etag, audit })).toBe("conflict");
    expect((await stores().roles.read(A)).value).toEqual([grant, other]);
    expect(await stores().roles.read(B)).toEqual({ value: [], etag: null });
    expect(await verbs()).toEqual(["second", "first"]);
  });

  it("keeps conversations and finds a person's 1:1 chat, the one heard of last", async () => {
    const channel = conversation({ id: "19:x", personId: null });
    const group = conversation({ kind: "groupChat", personId: ROBIN.id });
    const old = conversation({ id: "z-old", kind: "personal", personId: ROBIN.id });
    const chat = conversation({ id: "a-new", kind: "personal", personId: ROBIN.id });
    for (const item of [channel, group, old, chat]) {
      await stores().conversations.put(item);
    }
    await stores().conversations.put({ ...channel, name: "Renamed" });
    expect(await stores().conversations.get(A, "19:x")).toEqual({ ...channel, name: "Renamed" });
    expect(await stores().conversations.get(A, "nowhere")).toBeNull();
    expect(await stores().conversations.personal(A, ROBIN.id)).toEqual(chat);
    expect(await stores().conversations.personal(A, "nobody")).toBeNull();
  });

  it("lists channels and group chats, the one heard of last first, and no 1:1 chat", async () => {
    const first = conversation({ kind: "channel" });
    const second = conversation({ kind: "groupChat" });
    const third = conversation({ kind: "channel" });
    for (const item of [first, second, conversation({ kind: "personal", personId: ROBIN.id }), third]) {
      await stores().conversations.put(item);
    }
    await stores().conversations.put(conversation({ accountId: B }));
    expect(await stores().conversations.shared(A, 9)).toEqual([third, second, first]);
    await stores().conversations.put({ ...first, name: "Renamed" });
    expect(await stores().conversations.shared(A, 2)).toEqual([{ ...first, name: "Renamed" }, third]);
  });

  it("forgets a conversation once, whoever else forgets it or a binding of it at the same moment", async () => {
    const other = await opened().second();
    for (let round = 0; round < 5; round += 1) {
      const kinds = ["alerts", "notices"] as const;
      await stores().conversations.put(conversation({ id: "c" }));
      for (const kind of kinds) {
        await stores().bindings.put({ binding: binding({ conversationId: "c", kind }), audit: null });
      }
      const unbind = { accountId: A, conversationId: "c", kind: "alerts" as const, audit: auditRow() };
      await Promise.all([
        stores().conversations.remove(A, "c"),
        other.conversations.remove(A, "c"),
        other.bindings.remove(unbind),
      ]);
      expect(await stores().conversations.get(A, "c")).toBeNull();
      expect(await stores().bindings.list(A)).toEqual([]);
    }
    await stores().conversations.remove(A, "never there");
  });

  it("forgets a conversation with its bindings, in that account only", async () => {
    for (const accountId of [A, B]) {
      await stores().conversations.put(conversation({ accountId, id: "c" }));
      await stores().bindings.put({ binding: binding({ accountId, conversationId: "c" }), audit: null });
    }
    await stores().conversations.remove(A, "c");
    expect(await stores().conversations.get(A, "c")).toBeNull();
    expect(await stores().bindings.list(A)).toEqual([]);
    expect(await stores().conversations.get(B, "c")).not.toBeNull();
    expect(await stores().bindings.list(B)).toHaveLength(1);
  });

  it("binds conversations by kind, replaces a binding and removes it", async () => {
    const alerts = binding({ conversationId: "c1", boundAt: at(2) });
    const notices = binding({ conversationId: "c1", kind: "notices", boundAt: at(1) });
    const elsewhere = binding({ conversationId: "c2", boundAt: at(3) });
    for (const item of [alerts, notices, elsewhere]) {
      await stores().bindings.put({ binding: item, audit: auditRow({ verb: "channel.bind" }) });
    }
    const paused = { ...elsewhere, pausedBecause: "The bot was removed there." };
    await stores().bindings.put({ binding: paused, audit: null });
    expect(await stores().bindings.list(A)).toEqual([notices, alerts, paused]);
    expect(await stores().bindings.list(A, "alerts")).toEqual([alerts, paused]);
    expect(await stores().bindings.ofConversation(A, "c1")).toEqual([notices, alerts]);
    const removal = {
      accountId: A,
      conversationId: "c1",
      kind: "alerts" as const,
      audit: auditRow({ verb: "unbind" }),
    };
    expect(await stores().bindings.remove(removal)).toBe(true);
    expect(await stores().bindings.remove({ ...removal, audit: auditRow({ verb: "again" }) })).toBe(false);
    expect(await stores().bindings.list(A)).toEqual([notices, paused]);
    expect(await verbs()).toEqual(["unbind", "channel.bind", "channel.bind", "channel.bind"]);
  });
}
