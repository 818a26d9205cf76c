import { expect, it } from "vitest";
import { bench, type OpenStore } from "./opened-store.ts";
import {
  A,
  at,
  auditRow,
  B,
  delivery,
  link,
  linked,
  organization,
  record,
  removal,
  START,
  stored,
  sync,
  tombstone,
} from "./store-samples.ts";

export function removalsContract(open: OpenStore): void {
  const { stores, opened } = bench(open);

  /** A tenant with three alerts: one card on screen in two conversations, one never answered for, one not posted. */
  async function tenantWithCards() {
    const scope = await linked(stores());
    for (const id of ["a1", "a2", "a3"]) await stored(stores(), record(scope, { id, title: `Title of ${id}` }));
    const cards = [
      delivery(scope, "a1", { state: "posted", activityId: "m1", conversationId: "channel-1" }),
      delivery(scope, "a1", { state: "posted", activityId: "m2", conversationId: "channel-2" }),
      delivery(scope, "a2", { state: "posting", activityId: null }),
    ];
    for (const card of cards) await stores().deliveries.put({ delivery: card, etag: null });
    return scope;
  }
  const remove = async (scope: { accountId: string; tenantId: string }) => {
    const etag = (await stores().links.get(scope))?.etag ?? "";
    expect(await stores().links.remove({ ...removal(scope), etag })).toBe("stored");
  };

  it("leaves a tombstone, and the cards on screen as retired ones, over a restart", async () => {
    const scope = await tenantWithCards();
    await remove(scope);
    const again = await opened().reopen();
    expect(await again.removals.get(scope)).toEqual(tombstone(scope));
    expect(await again.removals.countCards(scope)).toBe(2);
    expect(await again.removals.due({ now: at(0), limit: 9 })).toEqual([]);
    expect(await again.removals.due({ now: at(1), limit: 9 })).toEqual([scope.tenantId]);
    const cards = await again.removals.dueCards({ tenantId: scope.tenantId, now: at(1), limit: 9 });
    const expected = {
      ...scope,
      alertId: "a1",
      title: "Title of a1",
      severity: "medium",
      removed: tombstone(scope),
      dueAt: at(1),
    };
    expect([...cards].sort((left, right) => left.activityId.localeCompare(right.activityId))).toEqual([
      { ...expected, conversationId: "channel-1", activityId: "m1" },
      { ...expected, conversationId: "channel-2", activityId: "m2" },
    ]);
  });

  it("leaves neither where the link was not as it was read", async () => {
    const scope = await tenantWithCards();
    expect(await stores().links.remove({ ...removal(scope), etag: "1000000" })).toBe("conflict");
    expect(await stores().removals.get(scope)).toBeNull();
    expect(await stores().removals.countCards(scope)).toBe(0);
    const wrong = { ...removal(scope), tombstone: tombstone({ accountId: B, tenantId: scope.tenantId }) };
    await expect(stores().links.remove({ ...wrong, etag: "1" })).rejects.toThrow("tombstone");
    expect((await stores().links.get(scope))?.value.tenantId).toBe(scope.tenantId);
  });

  it("keeps a retired card until it is done with; a later time puts it off", async () => {
    const scope = await tenantWithCards();
    await remove(scope);
    const due = (minutes: number) =>
      stores().removals.dueCards({ tenantId: scope.tenantId, now: at(minutes), limit: 9 });
    const [first, second] = await due(1);
    if (first === undefined || second === undefined) throw new Error("Two cards were expected.");
    await stores().removals.removeCard(first);
    await stores().removals.putCard({ ...second, dueAt: at(30) });
    expect(await due(29)).toEqual([]);
    expect(await due(30)).toEqual([{ ...second, dueAt: at(30) }]);
    await stores().removals.removeCard({ ...second, accountId: B });
    expect(await stores().removals.countCards(scope)).toBe(1);
    await stores().removals.removeCard(second);
    expect(await stores().removals.countCards(scope)).toBe(0);
    expect(await stores().removals.due({ now: at(99), limit: 9 })).toEqual([]);
  });

  it("refuses a connection that was asked for before the removal; one asked for later ends the tombstone", async () => {
    const scope = await tenantWithCards();
    const organizationId = (await stores().links.get(scope))?.value.organizationId ?? "";
    await remove(scope);
    const item = link({ ...scope, organizationId });
    const connect = (askedAt: string) =>
      stores().links.create({ link: item, sync: sync(item), audit: auditRow({ verb: "tenant.link" }), askedAt });
    for (const early of [at(-5), START]) {
      expect(await connect(early)).toEqual({ kind: "tenantRemoved", removed: tombstone(scope) });
    }
    expect(await stores().links.get(scope)).toBeNull();
    expect(await connect(at(5))).toEqual({ kind: "linked" });
    expect(await stores().removals.get(scope)).toBeNull();
    // Cards of the first link still stand there, and are marked all the same.
    expect(await stores().removals.countCards(scope)).toBe(2);
    expect((await stores().alerts.counts(scope)).total).toBe(0);
  });

  it("frees tenant and organization at once; another account's tombstone is not touched", async () => {
    const scope = await tenantWithCards();
    const organizationId = (await stores().links.get(scope))?.value.organizationId ?? "";
    await remove(scope);
    const next = link({ organizationId });
    expect((await stores().links.create({ link: next, sync: sync(next), audit: auditRow() })).kind).toBe("linked");
    const customer = organization({ accountId: B });
    await stores().organizations.add(customer);
    const theirs = link({ accountId: B, tenantId: scope.tenantId, organizationId: customer.id });
    const linkedThere = await stores().links.create({
      link: theirs,
      sync: sync(theirs),
      audit: auditRow({ accountId: B }),
      askedAt: at(-5),
    });
    expect(linkedThere).toEqual({ kind: "linked" });
    expect(await stores().removals.get({ accountId: A, tenantId: scope.tenantId })).toEqual(tombstone(scope));
    expect(await stores().removals.get({ accountId: B, tenantId: scope.tenantId })).toBeNull();
    expect(await stores().removals.countCards({ accountId: B, tenantId: scope.tenantId })).toBe(0);
  });
}
