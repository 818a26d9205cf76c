import { expect, it } from "vitest";
import { bench, type OpenStore } from "./opened-store.ts";
import { at, B, link, linked, START, sync } from "./store-samples.ts";

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
}
