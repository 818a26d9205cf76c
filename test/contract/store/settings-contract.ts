import { expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import type { LevelSettings } from "../../../services/domain/policy-settings.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, auditRow, B, linked, ROBIN, START } from "./store-samples.ts";

export function settingsContract(open: OpenStore): void {
  const { stores } = bench(open);
  const off: LevelSettings = { autoResolve: { value: false, setBy: ROBIN, setAt: START } };
  const on: LevelSettings = { autoResolve: { value: true, setBy: ROBIN, setAt: START } };

  it("gives {} where nothing was set, and keeps levels apart", async () => {
    const tenant = await linked(stores());
    const account = { accountId: A, tenantId: null };
    expect(await stores().settings.get(account)).toEqual({ value: {}, etag: null });
    const row = auditRow({ verb: "settings.change" });
    expect(await stores().settings.put({ level: account, settings: off, etag: null, audit: [row] })).toBe("stored");
    expect((await stores().settings.get(account)).value).toEqual(off);
    expect((await stores().audit.list({ accountId: A, limit: 1 }))[0]).toEqual(row);
    expect(await stores().settings.get(tenant)).toEqual({ value: {}, etag: null });
    expect(await stores().settings.get({ accountId: B, tenantId: null })).toEqual({ value: {}, etag: null });
    expect(await stores().settings.put({ level: tenant, settings: on, etag: null, audit: [] })).toBe("stored");
    expect((await stores().settings.get(account)).value).toEqual(off);
    expect((await stores().settings.get(tenant)).value).toEqual(on);
  });

  it("lets only the writer through who saw the newest version, and audits only that one", async () => {
    const level = { accountId: A, tenantId: null };
    const put = (settings: LevelSettings, etag: string | null, verb: string) =>
      stores().settings.put({ level, settings, etag, audit: [auditRow({ verb })] });
    expect(await put(off, "1", "never read")).toBe("conflict");
    expect(await put(off, null, "first")).toBe("stored");
    expect(await put(on, null, "late")).toBe("conflict");
    const { etag } = await stores().settings.get(level);
    expect(await put(on, etag, "second")).toBe("stored");
    expect(await put(off, etag, "late")).toBe("conflict");
    expect((await stores().settings.get(level)).value).toEqual(on);
    const verbs = (await stores().audit.list({ accountId: A, limit: 9 })).map(({ verb }) => verb);
    expect(verbs).toEqual(["second", "first"]);
  });

  it("lists the audit log newest first, by tenant and by target", async () => {
    const rows = [
      auditRow({ at: at(1), tenantId: "t1", target: "alert-1" }),
      auditRow({ at: at(2), tenantId: "t1", target: "alert-2" }),
      auditRow({ at: at(2), tenantId: "t2", target: "alert-1" }),
      auditRow({ at: at(3), accountId: B, tenantId: "t1", target: "alert-1" }),
    ];
    await stores().audit.append(rows);
    await stores().audit.append([]);
    const [first, second, third] = rows;
    const list = async (input: { tenantId?: string; target?: string; limit?: number }) =>
      stores().audit.list({ accountId: A, limit: 10, ...input });
    expect(await list({})).toEqual([third, second, first]);
    expect(await list({ limit: 1 })).toEqual([third]);
    expect(await list({ tenantId: "t1" })).toEqual([second, first]);
    expect(await list({ target: "alert-1" })).toEqual([third, first]);
    expect(await list({ tenantId: "t1", target: "alert-1" })).toEqual([first]);
  });

  it("appends all rows or none, and no id twice", async () => {
    const row = auditRow();
    await stores().audit.append([row]);
    await expect(stores().audit.append([auditRow(), row])).rejects.toBeInstanceOf(Breakdown);
    expect(await stores().audit.list({ accountId: A, limit: 10 })).toEqual([row]);
  });
}
