import { expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import {
  A,
  at,
  auditRow,
  B,
  delivery,
  linked,
  move,
  organization,
  ROBIN,
  record,
  START,
  stored,
} from "./store-samples.ts";

export function movesContract(open: OpenStore): void {
  const { stores, opened } = bench(open);
  const free = async (accountId: string) => {
    const item = organization({ accountId });
    await stores().organizations.add(item);
    return item.id;
  };
  const verbs = async () => (await stores().audit.list({ accountId: A, limit: 20 })).map(({ verb }) => verb);

  it("moves a link with its audit row: everything that hangs on it stays where it is", async () => {
    const scope = await linked(stores());
    const item = record(scope);
    await stored(stores(), item);
    const settings = { comment: { value: false, setBy: ROBIN, setAt: START } };
    await stores().settings.put({ level: scope, settings, etag: null, audit: [] });
    const read = await stores().links.get(scope);
    const toOrganizationId = await free(A);
    if (read === null) throw new Error("The sample is not linked.");
    const input = { link: read.value, etag: read.etag, toOrganizationId, audit: auditRow({ verb: "tenant.move" }) };
    expect(await stores().links.move(input)).toEqual({ kind: "moved" });

    const again = await opened().reopen();
    expect((await again.links.get(scope))?.value).toEqual({ ...read.value, organizationId: toOrganizationId });
    expect((await again.links.findByOrganization(A, toOrganizationId))?.tenantId).toBe(scope.tenantId);
    expect(await again.links.findByOrganization(A, read.value.organizationId)).toBeNull();
    expect((await again.alerts.get(scope, item.alert.id))?.value).toEqual(item);
    expect((await again.settings.get(scope)).value).toEqual(settings);
    expect((await again.audit.list({ accountId: A, limit: 1 }))[0]?.verb).toBe("tenant.move");
  });

  it("moves a link once: what was read before fits nothing any more", async () => {
    const scope = await linked(stores());
    const read = await stores().links.get(scope);
    if (read === null) throw new Error("The sample is not linked.");
    const moving = (toOrganizationId: string) =>
      stores().links.move({
        link: read.value,
        etag: read.etag,
        toOrganizationId,
        audit: auditRow({ verb: "tenant.move" }),
      });
    expect(await moving(await free(A))).toEqual({ kind: "moved" });
    expect(await moving(await free(A))).toEqual({ kind: "conflict" });
    expect((await verbs()).filter((verb) => verb === "tenant.move")).toHaveLength(1);
  });

  it("moves to no organization that has a tenant, and to none of another account", async () => {
    const scope = await linked(stores());
    const other = await linked(stores());
    const read = await stores().links.get(scope);
    const taken = (await stores().links.get(other))?.value.organizationId ?? "";
    if (read === null) throw new Error("The sample is not linked.");
    const moving = (toOrganizationId: string) =>
      stores().links.move({ link: read.value, etag: read.etag, toOrganizationId, audit: auditRow({ verb: "never" }) });
    expect(await moving(taken)).toEqual({ kind: "organizationHasTenant", tenantId: other.tenantId });
    await expect(moving(await free(B))).rejects.toBeInstanceOf(Breakdown);
    const foreign = { ...read.value, accountId: B };
    const toOrganizationId = await free(B);
    const forged = { link: foreign, etag: read.etag, toOrganizationId, audit: auditRow({ accountId: B }) };
    expect(await stores().links.move(forged)).toEqual({ kind: "conflict" });
    expect((await stores().links.get(scope))?.value).toEqual(read.value);
    expect(await verbs()).not.toContain("never");
  });

  it("keeps a move over a restart, and gives it to jobs when it is due", async () => {
    const item = move({ dueAt: at(5) });
    const row = auditRow({ verb: "tenant.requestMove" });
    expect(await stores().moves.create({ move: item, audit: row })).toEqual({ kind: "created" });
    const again = await opened().reopen();
    expect((await again.moves.get(item.id))?.value).toEqual(item);
    expect(await again.audit.list({ accountId: A, limit: 5 })).toEqual([row]);
    expect(await again.moves.due({ now: at(4), limit: 5 })).toEqual([]);
    expect(await again.moves.due({ now: at(5), limit: 5 })).toEqual([item.id]);
    expect(await again.moves.get("no such move")).toBeNull();
  });

  it("keeps one open move per tenant; an ended one makes room", async () => {
    const first = move();
    await stores().moves.create({ move: first, audit: auditRow() });
    const rival = move();
    const refused = await stores().moves.create({ move: rival, audit: auditRow({ verb: "never" }) });
    expect(refused).toEqual({ kind: "openAlready", move: first });
    const elsewhere = move({ accountId: B });
    expect((await stores().moves.create({ move: elsewhere, audit: auditRow({ accountId: B }) })).kind).toBe("created");
    const open = await stores().moves.openOf(first);
    expect(open?.value).toEqual(first);
    const done = { ...first, state: "done" as const, dueAt: null };
    expect(await stores().moves.update({ move: done, etag: open?.etag ?? "" })).toBe("stored");
    expect(await stores().moves.openOf(first)).toBeNull();
    expect((await stores().moves.create({ move: rival, audit: auditRow() })).kind).toBe("created");
    expect(await verbs()).not.toContain("never");
  });

  it("opens one of two moves that are asked for at once, and tells the other which", async () => {
    const other = await opened().second();
    const rivals = [move(), move()] as const;
    const outcomes = await Promise.all([
      stores().moves.create({ move: rivals[0], audit: auditRow() }),
      other.moves.create({ move: rivals[1], audit: auditRow() }),
    ]);
    const [open, late] = outcomes[0].kind === "created" ? rivals : [rivals[1], rivals[0]];
    expect(outcomes).toContainEqual({ kind: "created" });
    expect(outcomes).toContainEqual({ kind: "openAlready", move: open });
    expect((await stores().moves.openOf(open))?.value).toEqual(open);
    expect(await stores().moves.get(late.id)).toBeNull();
    expect(await verbs()).toHaveLength(1);
  });

  it("opens no move again while another is open, and gives an id once over all accounts", async () => {
    const first = move();
    await stores().moves.create({ move: first, audit: auditRow() });
    const declined = { ...first, state: "declined" as const };
    const etag = (await stores().moves.get(first.id))?.etag ?? "";
    expect(await stores().moves.update({ move: declined, etag })).toBe("stored");
    const second = move();
    await stores().moves.create({ move: second, audit: auditRow() });
    const late = await stores().moves.get(first.id);
    const audit = auditRow({ verb: "never" });
    await expect(stores().moves.update({ move: first, etag: late?.etag ?? "", audit })).rejects.toBeInstanceOf(
      Breakdown,
    );
    const taken = move({ accountId: B, id: first.id });
    await expect(stores().moves.create({ move: taken, audit: auditRow({ accountId: B }) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await stores().moves.openOf(first))?.value).toEqual(second);
    expect((await stores().moves.get(first.id))?.value).toEqual(declined);
    expect(await stores().moves.openOf(taken)).toBeNull();
    expect(await verbs()).not.toContain("never");
  });

  it("updates the version of a move that was read, once", async () => {
    const item = move();
    await stores().moves.create({ move: item, audit: auditRow({ verb: "asked" }) });
    const etag = (await stores().moves.get(item.id))?.etag ?? "";
    const approved = { ...item, state: "approved" as const, decidedBy: ROBIN, decidedAt: at(1) };
    const row = auditRow({ verb: "approved" });
    expect(await stores().moves.update({ move: approved, etag, audit: row })).toBe("stored");
    const late = { move: { ...item, state: "declined" as const }, etag, audit: auditRow({ verb: "late" }) };
    expect(await stores().moves.update(late)).toBe("conflict");
    expect((await stores().moves.get(item.id))?.value).toEqual(approved);
    expect(await verbs()).toEqual(["approved", "asked"]);
  });

  it("counts the cards on screen, and pages through the alerts that have one, open ones apart", async () => {
    const scope = await linked(stores());
    const other = await linked(stores());
    const card = async (id: string, status: "new" | "resolved", state: "posted" | "posting" | "refused" | null) => {
      await stored(stores(), record(scope, { id, status }));
      if (state !== null) {
        const fields = { state, activityId: state === "posted" ? `activity-${id}` : null };
        await stores().deliveries.put({ delivery: delivery(scope, id, fields), etag: null });
      }
    };
    await card("a1", "new", "posted");
    await card("a2", "new", "posting");
    await card("a3", "new", "refused");
    await card("a4", "new", null);
    await card("a5", "new", "posted");
    await card("b1", "resolved", "posted");
    await stored(stores(), record(other, { id: "a1" }));
    await stores().deliveries.put({ delivery: delivery(other, "a1", { state: "posted" }), etag: null });

    expect(await stores().deliveries.countShown(scope)).toBe(3);
    const ids = (open: boolean, after: string, limit = 10) =>
      stores().deliveries.alertsWithCards({ scope, open, after, limit });
    expect(await ids(true, "")).toEqual(["a1", "a2", "a5"]);
    expect(await ids(true, "", 2)).toEqual(["a1", "a2"]);
    expect(await ids(true, "a2")).toEqual(["a5"]);
    expect(await ids(false, "")).toEqual(["b1"]);
    const foreign = { accountId: B, tenantId: scope.tenantId };
    expect(await stores().deliveries.countShown(foreign)).toBe(0);
    expect(await stores().deliveries.alertsWithCards({ scope: foreign, open: true, after: "", limit: 9 })).toEqual([]);
  });
}
