import { expect, it } from "vitest";
import type { AlertFilter } from "../../../services/ports/stores.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, B, linked, record, stored } from "./store-samples.ts";

export function alertListContract(open: OpenStore): void {
  const { stores } = bench(open);

  it("lists newest first, of one tenant or all, in pages without gaps at equal times", async () => {
    const one = await linked(stores());
    const two = await linked(stores());
    for (const [scope, id, minutes] of [
      [one, "a", 1],
      [two, "b", 3],
      [one, "c", 2],
      [one, "d", 2],
    ] as const) {
      await stored(stores(), record(scope, { id, createdAt: at(minutes) }));
    }
    const ids = async (tenantId: string | null, offset: number, limit: number) => {
      const found = await stores().alerts.list({ accountId: A, tenantId, filter: {}, offset, limit });
      return found.map(({ alert }) => alert.id);
    };
    const all = await ids(null, 0, 10);
    expect([all[0], [...all.slice(1, 3)].sort(), all[3]]).toEqual(["b", ["c", "d"], "a"]);
    expect([...(await ids(null, 0, 2)), ...(await ids(null, 2, 2))]).toEqual(all);
    expect(await ids(two.tenantId, 0, 10)).toEqual(["b"]);
    expect(await ids(one.tenantId, 2, 10)).toEqual(["a"]);
  });

  it("filters by severity, status, open, age and text, together", async () => {
    const scope = await linked(stores());
    const samples = [
      { id: "a", severity: "high", status: "new", createdAt: at(1), title: "Ransomware on 100% of disks" },
      { id: "b", severity: "high", status: "resolved", createdAt: at(2), title: "Ransomware again" },
      { id: "c", severity: "low", status: "inProgress", createdAt: at(3), title: "Odd logon" },
      { id: "d", severity: "unknown", status: "unknown", createdAt: at(4), title: "No title" },
    ] as const;
    for (const sample of samples) {
      await stored(stores(), record(scope, { ...sample, evidence: [] }));
    }
    const user = { kind: "user", name: "Kim", signInName: "kim@contoso.example", remediation: "none" } as const;
    await stored(stores(), record(scope, { id: "e", createdAt: at(5), title: "Phish", evidence: [user] }));
    const ids = async (filter: AlertFilter) => {
      for (const tenantId of [null, scope.tenantId]) {
        const found = await stores().alerts.list({ accountId: A, tenantId, filter, offset: 0, limit: 10 });
        if (tenantId !== null) {
          return found.map(({ alert }) => alert.id).join("");
        }
      }
      return null;
    };
    expect(await ids({})).toBe("edcba");
    expect(await ids({ severity: "high" })).toBe("ba");
    expect(await ids({ status: "open" })).toBe("edca");
    expect(await ids({ status: "resolved" })).toBe("b");
    expect(await ids({ status: "unknown" })).toBe("d");
    expect(await ids({ createdSince: at(3) })).toBe("edc");
    expect(await ids({ text: "RANSOM" })).toBe("ba");
    expect(await ids({ text: "0%" })).toBe("a");
    expect(await ids({ text: "KIM@contoso" })).toBe("e");
    expect(await ids({ text: "ransom", status: "open", severity: "high", createdSince: at(1) })).toBe("a");
    expect(await ids({ text: "ransom", severity: "low" })).toBe("");
  });

  it("finds by alert id within the account", async () => {
    const scope = await linked(stores());
    const item = record(scope);
    await stored(stores(), item);
    expect(await stores().alerts.find(A, item.alert.id)).toEqual(item);
    expect(await stores().alerts.find(B, item.alert.id)).toBeNull();
    expect(await stores().alerts.find(A, "nobody")).toBeNull();
  });

  it("counts open, older open and all, and follows changes", async () => {
    const scope = await linked(stores());
    const other = await linked(stores());
    expect(await stores().alerts.counts(scope)).toEqual({ open: 0, olderOpen: 0, total: 0 });
    const item = record(scope, {}, { baseline: true });
    const etag = await stored(stores(), item);
    await stored(stores(), record(scope, { status: "unknown" }));
    await stored(stores(), record(scope, { status: "resolved" }, { baseline: true }));
    await stored(stores(), record(other));
    expect(await stores().alerts.counts(scope)).toEqual({ open: 2, olderOpen: 1, total: 3 });
    await stores().alerts.update({ record: { ...item, alert: { ...item.alert, status: "resolved" } }, etag });
    expect(await stores().alerts.counts(scope)).toEqual({ open: 1, olderOpen: 0, total: 3 });
  });

  it("gives what is due to settle and to announce, of all tenants, the longest due first", async () => {
    const one = await linked(stores());
    const two = await linked(stores(), { accountId: B });
    const late = record(one, { id: "late" }, { nextSettleAt: at(3), nextAnnounceAt: at(1) });
    const soon = record(two, { id: "soon" }, { nextSettleAt: at(1), nextAnnounceAt: at(2) });
    const etag = await stored(stores(), late);
    await stored(stores(), soon);
    await stored(stores(), record(one, { id: "rest" }));
    const settle = async (minutes: number, limit = 9) =>
      (await stores().alerts.dueToSettle({ now: at(minutes), limit })).map(({ alertId }) => alertId);
    const announce = async (minutes: number) => stores().alerts.dueToAnnounce({ now: at(minutes), limit: 9 });
    expect(await settle(0)).toEqual([]);
    expect(await settle(1)).toEqual(["soon"]);
    expect(await settle(3)).toEqual(["soon", "late"]);
    expect(await settle(3, 1)).toEqual(["soon"]);
    expect(await announce(2)).toEqual([
      { tenantId: one.tenantId, alertId: "late" },
      { tenantId: two.tenantId, alertId: "soon" },
    ]);
    await stores().alerts.update({ record: { ...late, nextSettleAt: null, nextAnnounceAt: null }, etag });
    expect(await settle(9)).toEqual(["soon"]);
    expect((await announce(9)).map(({ alertId }) => alertId)).toEqual(["soon"]);
  });
}
