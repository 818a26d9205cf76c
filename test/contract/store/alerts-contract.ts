import { expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, auditRow, B, delivery, linked, record, START, stored, sync } from "./store-samples.ts";

export function alertsContract(open: OpenStore): void {
  const { stores, opened } = bench(open);

  it("stores a page with the watermark, all of it, and keeps it over a restart", async () => {
    const scope = await linked(stores());
    const records = [record(scope), record(scope, { title: "नमस्ते 🛡 {x}\u0000" })];
    const etag = (await stores().syncs.get(scope))?.etag ?? "";
    const done = sync(scope, { watermark: at(1) });
    const page = { scope, records: records.map((item) => ({ record: item, etag: null })), sync: { sync: done, etag } };
    expect(await stores().alerts.storePage(page)).toBe("stored");
    const again = await opened().reopen();
    for (const item of records) {
      expect((await again.alerts.get(scope, item.alert.id))?.value).toEqual(item);
    }
    expect((await again.syncs.get(scope))?.value).toEqual(done);
  });

  it("stores nothing of a page when one record exists by now", async () => {
    const scope = await linked(stores());
    const known = record(scope);
    await stored(stores(), known);
    const fresh = record(scope);
    const etag = (await stores().syncs.get(scope))?.etag ?? "";
    const outcome = await stores().alerts.storePage({
      scope,
      records: [
        { record: fresh, etag: null },
        { record: { ...known, revision: 2 }, etag: null },
      ],
      sync: { sync: sync(scope, { watermark: at(1) }), etag },
    });
    expect(outcome).toBe("conflict");
    expect(await stores().alerts.get(scope, fresh.alert.id)).toBeNull();
    expect((await stores().alerts.get(scope, known.alert.id))?.value.revision).toBe(1);
    expect((await stores().syncs.get(scope))?.value.watermark).toBeNull();
  });

  it("stores nothing of a page when a record changed since, or the sync state did", async () => {
    const scope = await linked(stores());
    const item = record(scope);
    const old = await stored(stores(), item);
    await stores().alerts.update({ record: { ...item, revision: 2 }, etag: old });
    const fresh = record(scope);
    const late = { record: { ...item, revision: 9 }, etag: old };
    const page = [{ record: fresh, etag: null }];
    expect(await stores().alerts.storePage({ scope, records: [...page, late] })).toBe("conflict");
    const stale = { sync: sync(scope, { watermark: at(1) }), etag: "1000000" };
    expect(await stores().alerts.storePage({ scope, records: page, sync: stale })).toBe("conflict");
    expect(await stores().alerts.get(scope, fresh.alert.id)).toBeNull();
    expect((await stores().alerts.get(scope, item.alert.id))?.value.revision).toBe(2);
  });

  it("stores an empty page, and the watermark of a read that found nothing", async () => {
    const scope = await linked(stores());
    expect(await stores().alerts.storePage({ scope, records: [] })).toBe("stored");
    const etag = (await stores().syncs.get(scope))?.etag ?? "";
    const done = { sync: sync(scope, { watermark: at(5) }), etag };
    expect(await stores().alerts.storePage({ scope, records: [], sync: done })).toBe("stored");
    expect((await stores().syncs.get(scope))?.value.watermark).toBe(at(5));
  });

  it("refuses a page that holds another tenant's records", async () => {
    const scope = await linked(stores());
    const stray = record(await linked(stores()));
    const page = { scope, records: [{ record: stray, etag: null }] };
    await expect(stores().alerts.storePage(page)).rejects.toMatchObject({ code: "refused" });
    expect(await stores().alerts.get(stray, stray.alert.id)).toBeNull();
  });

  it("gives the records that exist among many ids", async () => {
    const scope = await linked(stores());
    const items = Array.from({ length: 250 }, () => record(scope));
    await stores().alerts.storePage({ scope, records: items.map((item) => ({ record: item, etag: null })) });
    const ids = items.map(({ alert }) => alert.id);
    const found = await stores().alerts.getMany(scope, [...ids, "nobody", ...ids.slice(0, 1)]);
    expect(found.map(({ value }) => value.alert.id).sort()).toEqual([...ids].sort());
    expect(await stores().alerts.getMany(scope, [])).toEqual([]);
    const first = found[0];
    expect((await stores().alerts.get(scope, first?.value.alert.id ?? ""))?.etag).toBe(first?.etag);
  });

  it("updates a record with its audit rows, or neither", async () => {
    const scope = await linked(stores());
    const item = record(scope);
    const etag = await stored(stores(), item);
    const row = auditRow({ tenantId: scope.tenantId, verb: "alert.resolve", target: item.alert.id });
    const input = { record: { ...item, revision: 2 }, etag, audit: [row] };
    expect(await stores().alerts.update(input)).toBe("stored");
    expect(await stores().alerts.update({ ...input, audit: [{ ...row, id: "late" }] })).toBe("conflict");
    expect(await stores().audit.list({ accountId: A, target: item.alert.id, limit: 10 })).toEqual([row]);
    const twice = { ...input, etag: (await stores().alerts.get(scope, item.alert.id))?.etag ?? "" };
    await expect(stores().alerts.update({ ...twice, record: { ...item, revision: 3 } })).rejects.toBeInstanceOf(
      Breakdown,
    );
    expect((await stores().alerts.get(scope, item.alert.id))?.value.revision).toBe(2);
  });

  it("keeps one delivery per conversation and alert, the first worker's", async () => {
    const scope = await linked(stores());
    const item = record(scope);
    await stored(stores(), item);
    const { alert } = item;
    const other = await opened().second();
    const first = await stores().deliveries.put({ delivery: delivery(scope, alert.id), etag: null });
    const late = await other.deliveries.put({ delivery: delivery(scope, alert.id, { ambiguousPosts: 1 }), etag: null });
    expect([first.kind, late.kind]).toEqual(["stored", "conflict"]);
    const posted = delivery(scope, alert.id, { state: "posted", activityId: "1", shownRevision: 1 });
    const etag = first.kind === "stored" ? first.etag : "";
    const second = await other.deliveries.put({ delivery: posted, etag });
    expect(second.kind).toBe("stored");
    expect((await stores().deliveries.put({ delivery: delivery(scope, alert.id), etag })).kind).toBe("conflict");
    await stores().deliveries.put({ delivery: delivery(scope, alert.id, { conversationId: "channel-2" }), etag: null });
    const cards = await stores().deliveries.ofAlert(scope, alert.id);
    expect(cards.map(({ value }) => value.conversationId).sort()).toEqual(["channel-1", "channel-2"]);
    const kept = cards.find(({ value }) => value.conversationId === "channel-1");
    expect(kept).toEqual({ value: posted, etag: second.kind === "stored" ? second.etag : "" });
  });

  it("purges what last changed before a moment, oldest first, with its deliveries", async () => {
    const scope = await linked(stores());
    const foreign = await linked(stores(), { accountId: B });
    const old = record(scope, { updatedAt: at(-30), status: "resolved" });
    const older = record(foreign, { updatedAt: at(-40) });
    const young = record(scope, { updatedAt: START, createdAt: at(-90) });
    for (const item of [old, older, young]) {
      await stored(stores(), item);
      await stores().deliveries.put({ delivery: delivery(item, item.alert.id), etag: null });
    }
    expect(await stores().alerts.purge({ before: START, limit: 1 })).toBe(1);
    expect(await stores().alerts.get(foreign, older.alert.id)).toBeNull();
    expect(await stores().alerts.get(scope, old.alert.id)).not.toBeNull();
    expect(await stores().alerts.purge({ before: START, limit: 10 })).toBe(1);
    expect(await stores().alerts.purge({ before: START, limit: 10 })).toBe(0);
    expect(await stores().deliveries.ofAlert(scope, old.alert.id)).toEqual([]);
    expect(await stores().deliveries.ofAlert(scope, young.alert.id)).toHaveLength(1);
  });
}
