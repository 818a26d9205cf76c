import { expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { ENDED_CONSENT_STATES } from "../../../services/domain/consent-journey.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, auditRow, B, journey, leg } from "./store-samples.ts";

export function consentsContract(open: OpenStore): void {
  const { stores, opened } = bench(open);
  const create = async (fields: Parameters<typeof journey>[0] = {}) => {
    const item = journey(fields);
    await stores().consents.create(item, auditRow({ accountId: item.accountId, verb: "consent.begin" }));
    return item;
  };
  const tenant = (id: string) => ({ id, name: "Contoso", domain: "contoso.example" });

  it("finds a journey by id, by its link and by a leg's state, over a restart too", async () => {
    const item = await create({ legs: [leg({ stateHash: "s1" }), leg({ stateHash: "s2" })] });
    const again = await opened().reopen();
    expect((await again.consents.get(item.id))?.value).toEqual(item);
    expect((await again.consents.findByLink(item.linkHash))?.value).toEqual(item);
    expect((await again.consents.findByState("s1"))?.value).toEqual(item);
    expect((await again.consents.findByState("s2"))?.value).toEqual(item);
    expect(await again.consents.get("nobody")).toBeNull();
    expect(await again.consents.findByLink("s1")).toBeNull();
    expect(await again.consents.findByState(item.linkHash)).toBeNull();
    expect(await again.audit.list({ accountId: A, limit: 9 })).toHaveLength(1);
  });

  it("uses a state once: of two who hold it, one stores, and it is found no more", async () => {
    const item = await create({ legs: [leg({ stateHash: "s1" }), leg({ stateHash: "s2" })] });
    const other = await opened().second();
    const mine = await stores().consents.findByState("s1");
    const theirs = await other.consents.findByState("s1");
    const used = { ...item, legs: item.legs.slice(1), state: "opened" as const };
    const audit = auditRow({ verb: "consent.open" });
    const outcomes = [
      await stores().consents.update({ journey: used, etag: mine?.etag ?? "", audit }),
      await other.consents.update({ journey: used, etag: theirs?.etag ?? "", audit: auditRow({ verb: "late" }) }),
    ];
    expect(outcomes).toEqual(["stored", "conflict"]);
    expect(await other.consents.findByState("s1")).toBeNull();
    expect((await other.consents.findByState("s2"))?.value).toEqual(used);
    expect((await stores().audit.list({ accountId: A, limit: 1 }))[0]).toEqual(audit);
  });

  it("lets an id, a link and a state lead to one journey only, over all accounts", async () => {
    const first = await create({ legs: [leg({ stateHash: "s1" })] });
    const second = await create({ accountId: B });
    const etag = (await stores().consents.get(second.id))?.etag ?? "";
    const never = auditRow({ accountId: B, verb: "never" });
    const taken = [
      { id: first.id },
      { linkHash: first.linkHash },
      { legs: first.legs },
      { legs: [leg(), ...first.legs] },
    ];
    for (const fields of taken) {
      const other = journey({ accountId: B, ...fields });
      await expect(stores().consents.create(other, never)).rejects.toMatchObject({ code: "conflict" });
    }
    const twice = [leg({ stateHash: "s2" }), leg({ stateHash: "s2" })];
    for (const fields of [{ linkHash: first.linkHash }, { legs: first.legs }, { legs: twice }]) {
      const update = stores().consents.update({ journey: { ...second, ...fields }, etag, audit: never });
      await expect(update).rejects.toBeInstanceOf(Breakdown);
    }
    expect((await stores().consents.findByState("s1"))?.value).toEqual(first);
    expect((await stores().consents.findByLink(first.linkHash))?.value).toEqual(first);
    expect(await stores().consents.get(second.id)).toEqual({ value: second, etag });
    expect(await stores().consents.open(B)).toEqual([second]);
    expect((await stores().audit.list({ accountId: B, limit: 9 })).map(({ verb }) => verb)).toEqual(["consent.begin"]);
  });

  it("gives a state that two journeys want at once to one of them", async () => {
    const other = await opened().second();
    const rivals = [journey({ legs: [leg({ stateHash: "s1" })] }), journey({ legs: [leg({ stateHash: "s1" })] })];
    const outcomes = await Promise.allSettled(
      rivals.map((item, place) => (place === 0 ? stores() : other).consents.create(item, auditRow())),
    );
    const winner = rivals.filter((_, place) => outcomes[place]?.status === "fulfilled");
    expect(winner).toHaveLength(1);
    expect(await other.consents.open(A)).toEqual(winner);
    expect((await stores().consents.findByState("s1"))?.value).toEqual(winner[0]);
  });

  it("keeps a journey in its account, whoever holds its tag", async () => {
    const item = await create();
    const etag = (await stores().consents.get(item.id))?.etag ?? "";
    const audit = auditRow({ accountId: B, verb: "never" });
    expect(await stores().consents.update({ journey: { ...item, accountId: B }, etag, audit })).toBe("conflict");
    expect(await stores().consents.get(item.id)).toEqual({ value: item, etag });
    expect(await stores().consents.open(B)).toEqual([]);
    expect(await stores().audit.list({ accountId: B, limit: 9 })).toEqual([]);
  });

  it("gives the account's open journeys, newest first", async () => {
    const first = await create({ createdAt: at(1) });
    const second = await create({ createdAt: at(2), state: "declined" });
    await create({ accountId: B, createdAt: at(3) });
    for (const state of ENDED_CONSENT_STATES) {
      await create({ state });
    }
    expect(await stores().consents.open(A)).toEqual([second, first]);
    const read = await stores().consents.get(second.id);
    await stores().consents.update({ journey: { ...second, state: "cancelled" }, etag: read?.etag ?? "" });
    expect(await stores().consents.open(A)).toEqual([first]);
  });

  it("gives the open journeys, of any account, whose sign-in proved a tenant", async () => {
    const known = await create({ tenant: tenant("t1"), state: "granted" });
    const proven = await create({ accountId: B, legs: [leg({ kind: "consent", tenantId: "t1" })], state: "opened" });
    await create({ tenant: tenant("t2") });
    await create({ tenant: tenant("t1"), state: "expired" });
    await create({ expectedTenantId: "t1" });
    const ids = (await stores().consents.openForTenant("t1")).map(({ id }) => id);
    expect(ids.sort()).toEqual([known.id, proven.id].sort());
  });

  it("gives the journeys that are due, the longest due first", async () => {
    const late = await create({ dueAt: at(2) });
    const soon = await create({ dueAt: at(1), accountId: B });
    await create();
    expect(await stores().consents.due({ now: at(0), limit: 9 })).toEqual([]);
    expect(await stores().consents.due({ now: at(2), limit: 9 })).toEqual([soon.id, late.id]);
    expect(await stores().consents.due({ now: at(2), limit: 1 })).toEqual([soon.id]);
    const read = await stores().consents.get(soon.id);
    await stores().consents.update({ journey: { ...soon, dueAt: null }, etag: read?.etag ?? "" });
    expect(await stores().consents.due({ now: at(9), limit: 9 })).toEqual([late.id]);
  });
}
