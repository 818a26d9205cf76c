import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../../services/domain/instant.ts";
import { KINDS_IN_ORDER } from "../../../services/domain/kept-record.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { CopySource, CopyTarget } from "../../../services/ports/store-copy.ts";
import { refuseHalfCopied } from "../../../services/store/cosmos/copy-mark.ts";
import type { CosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import { cosmosCopy } from "../../../services/store/cosmos/cosmos-copy.ts";
import { openCosmosStores } from "../../../services/store/cosmos/open-cosmos-stores.ts";
import { openSqliteCopy } from "../../../services/store/sqlite/open-sqlite-copy.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { copyStore } from "../../../services/store-copy/copy-store.ts";
import { NOTHING, tallied } from "../../../services/store-copy/tally.ts";
import { type FullStore, fillStore } from "./full-store.ts";
import { mortal } from "./mortal-container.ts";
import { type OpenedContainer, openCosmosContainer } from "./open-cosmos-container.ts";
import { movedClock } from "./opened-store.ts";
import { seenInStore } from "./seen-in-store.ts";
import { A, at, auditRow, B, link, linked, organization, record, stored, sync } from "./store-samples.ts";

const retentionMs = 180 * DAY;

describe("copying a store", () => {
  const clock = movedClock();
  let folder = "";
  let cosmos: OpenedContainer;
  let full: FullStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-copy-"));
    cosmos = await openCosmosContainer();
    const stores = await openSqliteStores({ path: file("source"), clock });
    full = await fillStore(stores);
    await stores.close();
  });
  afterEach(async () => {
    await cosmos.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const file = (name: string) => join(folder, `${name}.db`);
  const cosmosStores = () => openCosmosStores({ container: cosmos.connect(), clock, accountIds: [A, B], retentionMs });
  const cosmosSide = (): CopyTarget => cosmosCopy({ container: cosmos.connect(), clock, retentionMs });
  const inSqlite = async <Result>(name: string, work: (side: CopyTarget) => Promise<Result>): Promise<Result> => {
    const { store, close } = openSqliteCopy({ path: file(name), mustExist: false });
    try {
      return await work(store);
    } finally {
      await close();
    }
  };
  const copy = (source: CopySource, target: CopyTarget, pageSize = 7) =>
    copyStore({ source, target, report: () => undefined, pageSize }, { from: "the sample" });
  const intoCosmos = (pageSize?: number) => inSqlite("source", (source) => copy(source, cosmosSide(), pageSize));
  const seenInSqlite = async (name: string) => {
    const stores = await openSqliteStores({ path: file(name), clock });
    const seen = await seenInStore(stores, full);
    await stores.close();
    return seen;
  };
  const digests = async (side: CopySource) => {
    const all: [string, number, bigint][] = [];
    for (const kind of KINDS_IN_ORDER) {
      let tally = NOTHING;
      for (let after: string | null = null, goesOn = true; goesOn; goesOn = after !== null) {
        const page = await side.page(kind, after, 5);
        tally = tallied(tally, page.records);
        after = page.next;
      }
      all.push([kind, tally.count, tally.sum]);
    }
    return all;
  };

  it("shows by every port in Cosmos DB what SQLite shows, and in SQLite again", async () => {
    const before = await seenInSqlite("source");
    const outcome = await intoCosmos();
    expect(outcome.kind === "different" ? outcome.differences : []).toEqual([]);
    expect(outcome.kind === "copied" && [...outcome.counts.values()].every((count) => count > 0)).toBe(true);
    expect(await seenInStore(cosmosStores(), full)).toEqual(before);
    expect(before.verified.map(({ brokenChains }) => brokenChains)).toEqual([0, 0]);

    expect((await inSqlite("back", (target) => copy(cosmosSide(), target))).kind).toBe("copied");
    expect(await seenInSqlite("back")).toEqual(before);
    const source = await inSqlite("source", digests);
    expect(await inSqlite("back", digests)).toEqual(source);
    expect(await digests(cosmosSide())).toEqual(source);
  });

  it("leaves ephemerals behind", async () => {
    await intoCosmos();
    expect(await cosmosStores().ephemeral.get("dialog")).toBeNull();
  });

  it("lets Cosmos DB end what it ends of its own alerts", async () => {
    const stores = await openSqliteStores({ path: file("source"), clock });
    const [scope] = full.linked;
    if (scope === undefined) throw new Error("The sample links nobody.");
    await stored(stores, record(scope, { id: "old", updatedAt: at(-200 * 24 * 60) }));
    await stores.close();
    await intoCosmos();
    const inCosmos = cosmosStores();
    expect(await inCosmos.alerts.get(scope, "old")).not.toBeNull();
    cosmos.advance(2 * DAY);
    expect(await inCosmos.alerts.get(scope, "old")).toBeNull();
    expect(await inCosmos.alerts.get(scope, "same-1")).not.toBeNull();
  });

  it("goes on in Cosmos DB after each write that may be the last, to the same end", async () => {
    const before = await seenInSqlite("source");
    const expected = await inSqlite("source", digests);
    const all = await writesUntilDone();
    expect(all).toBeGreaterThan(60);
    for (let last = 0; last < all; last += 1) {
      await cosmos.dispose();
      cosmos = await openCosmosContainer();
      await expect(copyWithin(last), `write ${last}`).rejects.toThrow("The process died.");
      expect((await intoCosmos(20)).kind, `write ${last}`).toBe("copied");
      expect(await digests(cosmosSide()), `write ${last}`).toEqual(expected);
    }
    expect(await seenInStore(cosmosStores(), full)).toEqual(before);
  }, 120_000);

  it("goes on in SQLite after each page that may be the last, any number of times", async () => {
    await intoCosmos();
    const expected = await inSqlite("source", digests);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(30), { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (lives, pageSize) => {
          runs += 1;
          const name = `target-${runs}`;
          for (const writes of lives) {
            // It may also have come to its end, after which the target is not empty.
            await inSqlite(name, (target) => copy(cosmosSide(), dying(target, writes), pageSize)).catch(() => null);
          }
          await inSqlite(name, (target) => copy(cosmosSide(), target, pageSize));
          expect(await inSqlite(name, digests)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it("refuses a target that holds anything, and one that holds a copy of another store", async () => {
    await cosmosStores().organizations.add(organization());
    expect(await intoCosmos()).toEqual({ kind: "notEmpty" });
    expect(await inSqlite("source", (target) => copy(cosmosSide(), target))).toEqual({ kind: "notEmpty" });

    await inSqlite("target", (target) => copy(cosmosSide(), dying(target, 2))).catch(() => null);
    const other = await inSqlite("target", (target) =>
      copyStore({ source: cosmosSide(), target, report: () => undefined, pageSize: 7 }, { from: "another one" }),
    );
    expect(other).toEqual({ kind: "otherCopy", from: "the sample" });
    const onward = await inSqlite("target", (half) => inSqlite("next", (target) => copy(half, target)));
    expect(onward).toEqual({ kind: "sourceNotWhole", from: "the sample" });
  });

  it("takes a container that was only looked at for an empty one", async () => {
    await cosmosStores().check();
    expect((await intoCosmos()).kind).toBe("copied");
  });

  it("finds what differs, says of which kind it is, and keeps the target from the bot", async () => {
    await expect(copyWithin((await writesUntilDone()) - 1)).rejects.toThrow("The process died.");
    const stores = cosmosStores();
    const [scope] = full.linked;
    const found = scope && (await stores.alerts.get(scope, "same-1"));
    if (!found) throw new Error("The sample was not copied.");
    await stores.alerts.update({ record: { ...found.value, revision: 7 }, etag: found.etag });
    await stores.conversations.remove(A, "z-first");
    const differences = [
      { kind: "conversation", inSource: 6, inTarget: 5 },
      { kind: "alert", inSource: 72, inTarget: 72 },
    ];
    expect(await intoCosmos()).toEqual({ kind: "different", differences });
    expect(await intoCosmos()).toEqual({ kind: "different", differences });
    await expect(refuseHalfCopied(cosmos.connect())).rejects.toThrow(/copy of the sample .* is not finished/);
  });

  it("keeps half a copy in SQLite from the bot, and the bot's database from a copy", async () => {
    await intoCosmos();
    await inSqlite("target", (target) => copy(cosmosSide(), dying(target, 9))).catch(() => null);
    await expect(openSqliteStores({ path: file("target"), clock })).rejects.toThrow(/is not finished/);
    await inSqlite("target", (target) => copy(cosmosSide(), target));
    const bot = await openSqliteStores({ path: file("target"), clock });
    expect(() => openSqliteCopy({ path: file("target"), mustExist: true })).toThrow(/at work .* stop Watchdesk/);
    await bot.close();
    const { close } = openSqliteCopy({ path: file("target"), mustExist: true });
    await expect(openSqliteStores({ path: file("target"), clock })).rejects.toThrow();
    await close();
    expect(() => openSqliteCopy({ path: file("nowhere"), mustExist: true })).toThrow(/There is no database/);
  });

  it("tells for two minutes that a bot was at work in Cosmos DB", async () => {
    expect(await cosmosSide().isInUse()).toBe(false);
    await cosmosStores().check();
    expect(await cosmosSide().isInUse()).toBe(true);
    clock.advance(3 * MINUTE);
    expect(await cosmosSide().isInUse()).toBe(false);
  });

  it("lets only one of two copies into one container go on", async () => {
    const [one, other] = [cosmosSide(), cosmosSide()];
    const mark = { from: "the sample", kind: null, after: null, done: 0 };
    await one.setMark(mark);
    await expect(other.setMark(mark)).rejects.toThrow("Another copy into this database is under way.");
  });

  it("brings to its end first what a process left half done in Cosmos DB", async () => {
    const stores = cosmosStores();
    const [unborn, claimed, held] = [
      await halfLinked(stores, 1),
      await halfLinked(stores, 2),
      await halfLinked(stores, 3),
    ];
    expect((await inSqlite("target", (target) => copy(cosmosSide(), target))).kind).toBe("copied");
    const copied = await openSqliteStores({ path: file("target"), clock });
    const isLinked = async (tenantId: string) => (await copied.links.get({ accountId: A, tenantId })) !== null;
    expect([await isLinked(unborn), await isLinked(claimed), await isLinked(held)]).toEqual([false, true, true]);
    await copied.close();
  });

  it("gives fewer records at a time from SQLite where they are large", async () => {
    const stores = await openSqliteStores({ path: file("large"), clock });
    const scope = await linked(stores);
    const description = "x".repeat(900_000);
    for (let place = 0; place < 12; place += 1)
      await stored(stores, record(scope, { id: `large-${place}`, description }));
    await stores.close();
    await inSqlite("large", async (source) => {
      expect((await copy(source, cosmosSide(), 1_000)).kind).toBe("copied");
      const { records, next } = await source.page("alert", null, 1_000);
      expect([records.length > 2, records.length < 12, next === null]).toEqual([true, true, false]);
    });
  });

  it("does not copy an audit log that was changed", async () => {
    const raw = new DatabaseSync(file("source"));
    raw.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET target = 'Nobody' WHERE position = 3");
    raw.close();
    await expect(intoCosmos()).rejects.toThrow(/audit log was changed, and is not copied/);
  });

  /** Writes within the container that a whole copy takes. */
  async function writesUntilDone(): Promise<number> {
    let writes = 0;
    const own = cosmos.connect();
    const counting: CosmosContainer = {
      ...own,
      write: (...step) => {
        writes += 1;
        return own.write(...step);
      },
    };
    const target = cosmosCopy({ container: counting, clock, retentionMs });
    await inSqlite("source", (source) => copy(source, target, 20));
    await cosmos.dispose();
    cosmos = await openCosmosContainer();
    return writes;
  }

  async function copyWithin(writes: number): Promise<unknown> {
    const container = mortal(cosmos.connect(), writes);
    return await inSqlite("source", (source) => copy(source, cosmosCopy({ container, clock, retentionMs }), 20));
  }

  /** Links a tenant by a process that dies after so many writes; gives the tenant's id. */
  async function halfLinked(stores: Stores, writes: number): Promise<string> {
    const customer = organization();
    await stores.organizations.add(customer);
    const created = link({ organizationId: customer.id });
    const container = mortal(cosmos.connect(), writes);
    const { links } = openCosmosStores({ container, clock, accountIds: [A, B], retentionMs });
    const linking = links.create({ link: created, sync: sync(created), audit: auditRow() });
    await expect(linking).rejects.toThrow("The process died.");
    return created.tenantId;
  }
});

/** A target whose process dies after so many writes. */
function dying(target: CopyTarget, writes: number): CopyTarget {
  let left = writes;
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (left === 0) throw new Error("The process died.");
    left -= 1;
    return await work();
  };
  return {
    ...target,
    setMark: (mark) => alive(() => target.setMark(mark)),
    write: (input) => alive(() => target.write(input)),
    removeMark: () => alive(() => target.removeMark()),
  };
}
