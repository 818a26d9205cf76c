import { expect, it } from "vitest";
import type { TenantLink } from "../../../services/domain/tenant-link.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, at, B, link, linked, START, sync } from "./store-samples.ts";

export function syncsContract(open: OpenStore): void {
  const { stores } = bench(open);

  it("updates the version that was read, once", async () => {
    const scope = await linked(stores());
    const etag = (await stores().syncs.get(scope))?.etag ?? "";
    const next = sync(scope, { watermark: START, failures: 2 });
    expect(await stores().syncs.update({ sync: next, etag })).toBe("stored");
    expect((await stores().syncs.get(scope))?.value).toEqual(next);
    expect(await stores().syncs.update({ sync: sync(scope), etag })).toBe("conflict");
    expect((await stores().syncs.get(scope))?.value).toEqual(next);
  });

  it("takes no etag that it never gave", async () => {
    const scope = await linked(stores());
    for (const etag of ["", "*", "0", "nonsense"]) {
      expect(await stores().syncs.update({ sync: sync(scope), etag })).toBe("conflict");
    }
  });

  it("gives the tenants whose time has come, the longest due first, paused ones left out", async () => {
    const due = async (minutes: number, limit = 10) => stores().syncs.due({ now: at(minutes), limit });
    const scopes = [];
    for (const minutes of [3, 1, 2, 4]) {
      const scope = await linked(stores(), minutes === 4 ? { accountId: B } : {});
      const etag = (await stores().syncs.get(scope))?.etag ?? "";
      await stores().syncs.update({ sync: sync(scope, { nextSyncAt: at(minutes) }), etag });
      scopes.push(scope);
    }
    const [third, first, second, fourth] = scopes;
    expect(await due(0)).toEqual([]);
    expect(await due(2)).toEqual([first, second]);
    expect(await due(10)).toEqual([first, second, third, fourth]);
    expect(await due(10, 1)).toEqual([first]);

    const read = first === undefined ? null : await stores().links.get(first);
    await stores().links.update({ link: link({ ...read?.value, state: "paused" }), etag: read?.etag ?? "" });
    expect(await due(2)).toEqual([second]);
  });

  it("gives the tenants that are to be looked at, the longest due first, of any account; paused and unwatched ones left out", async () => {
    const due = async (minutes: number, limit = 10) => stores().syncs.dueToLook({ now: at(minutes), limit });
    const watched = async (lookAt: string | null, fields: Partial<TenantLink> = {}) => {
      const scope = await linked(stores(), fields);
      const etag = (await stores().syncs.get(scope))?.etag ?? "";
      await stores().syncs.update({ sync: sync(scope, { watch: { lookAt, outage: null, overAt: null } }), etag });
      return scope;
    };
    await linked(stores());
    await watched(null);
    await watched(at(1), { state: "paused" });
    const second = await watched(at(2));
    const first = await watched(at(1), { accountId: B });
    expect(await due(0)).toEqual([]);
    expect(await due(1)).toEqual([first]);
    expect(await due(2)).toEqual([first, second]);
    expect(await due(2, 1)).toEqual([first]);

    const outage = { toldAt: at(2), about: "coverage", flapping: false, provenSince: null } as const;
    const told = sync(second, { watch: { lookAt: null, outage, overAt: at(-60) } });
    await stores().syncs.update({ sync: told, etag: (await stores().syncs.get(second))?.etag ?? "" });
    expect(await due(9)).toEqual([first]);
    expect((await stores().syncs.get(second))?.value).toEqual(told);
  });

  it("counts an account's tenants that were not read completely since then, or never; paused ones left out", async () => {
    const read = async (watermark: string | null, fields: Partial<TenantLink> = {}) => {
      const scope = await linked(stores(), fields);
      const etag = (await stores().syncs.get(scope))?.etag ?? "";
      await stores().syncs.update({ sync: sync(scope, { watermark }), etag });
    };
    const count = async (minutes: number, accountId = A) =>
      stores().syncs.countUnproven({ accountId, before: at(minutes) });
    expect(await count(9)).toBe(0);
    await read(null);
    await read(at(1));
    await read(at(2), { state: "notAnswering" });
    await read(at(1), { state: "paused" });
    await read(at(1), { accountId: B });
    expect([await count(0), await count(1), await count(2)]).toEqual([1, 2, 3]);
    expect([await count(0, B), await count(1, B)]).toEqual([0, 1]);
  });
}
