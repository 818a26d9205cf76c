import { expect, it } from "vitest";
import { bench, type OpenStore } from "./opened-store.ts";
import { at, B, link, linked } from "./store-samples.ts";

/** When tenants' permissions are to be checked. */
export function linkChecksContract(open: OpenStore): void {
  const { stores } = bench(open);

  it("gives the tenants whose check is due, of any account, the longest due first, paused ones left out", async () => {
    const due = (minutes: number, limit = 10) => stores().links.dueToCheck({ now: at(minutes), limit });
    const third = await linked(stores(), { nextCheckAt: at(3) });
    const first = await linked(stores(), { nextCheckAt: at(1), accountId: B });
    const second = await linked(stores(), { nextCheckAt: at(2) });
    await linked(stores(), { nextCheckAt: at(1), state: "paused" });
    expect(await due(0)).toEqual([]);
    expect(await due(2)).toEqual([first, second]);
    expect(await due(10)).toEqual([first, second, third]);
    expect(await due(10, 1)).toEqual([first]);

    const read = await stores().links.get(first);
    await stores().links.update({ link: link({ ...read?.value, nextCheckAt: at(20) }), etag: read?.etag ?? "" });
    expect(await due(10)).toEqual([second, third]);
  });
}
