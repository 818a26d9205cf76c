import type { Container } from "@azure/cosmos";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../../../services/audit/verify-audit.ts";
import type { AuditStore } from "../../../services/ports/stores.ts";
import { type OpenedCosmos, openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, B } from "./store-samples.ts";

interface SeenValue {
  readonly row?: Readonly<Record<string, unknown>>;
  readonly sequence?: unknown;
  readonly hash?: unknown;
}

/** An item as somebody with the account's key sees it. */
interface SeenItem {
  readonly id: string;
  readonly pk: string;
  readonly keys: Readonly<Record<string, unknown>>;
  readonly value?: SeenValue | null | undefined;
  readonly [name: string]: unknown;
}

/** The rows of a chain and its head, and what somebody may do to them. */
interface Hand {
  row(sequence: number): SeenItem;
  readonly head: SeenItem;
  /** Puts the item there as it is now, under its id and in its partition. */
  put(item: SeenItem): Promise<void>;
  remove(item: SeenItem): Promise<void>;
}

const withKeys = (item: SeenItem, keys: Readonly<Record<string, unknown>>): SeenItem => ({
  ...item,
  keys: { ...item.keys, ...keys },
});

const withRow = (item: SeenItem, fields: Readonly<Record<string, unknown>>): SeenItem => ({
  ...item,
  value: { ...item.value, row: { ...item.value?.row, ...fields } },
});

interface Break {
  readonly what: string;
  readonly by: (hand: Hand) => Promise<unknown>;
  readonly fault: string;
  readonly sequence: number;
}

const ALTERED: readonly Break[] = [
  {
    what: "a row's words are altered",
    by: ({ row, put }) => put(withRow(row(4), { after: "Nothing" })),
    fault: "altered",
    sequence: 4,
  },
  {
    what: "a row's words are altered and so is what it is found by",
    by: ({ row, put }) => put(withKeys(withRow(row(4), { target: "x" }), { target: "x", targetKey: "x" })),
    fault: "altered",
    sequence: 4,
  },
  {
    what: "a row can't be read any more",
    by: ({ row, put }) => put({ ...row(5), value: undefined, text: "{" }),
    fault: "altered",
    sequence: 5,
  },
  { what: "a row holds nothing", by: ({ row, put }) => put({ ...row(5), value: null }), fault: "altered", sequence: 5 },
  {
    what: "half of a row is gone",
    by: ({ row, put }) => put(withRow(row(5), { actor: undefined })),
    fault: "altered",
    sequence: 5,
  },
  {
    what: "what a row is found by is altered",
    by: ({ row, put }) => put(withKeys(row(6), { at: "2020-01-01" })),
    fault: "altered",
    sequence: 6,
  },
  {
    what: "a row is hidden from a filter",
    by: ({ row, put }) => put(withKeys(row(6), { actorKey: "robin" })),
    fault: "altered",
    sequence: 6,
  },
  {
    what: "a row is put elsewhere in the list",
    by: ({ row, put }) => put(withKeys(row(6), { order: "2020-01-01" })),
    fault: "altered",
    sequence: 6,
  },
  {
    what: "a row has another id",
    by: async ({ row, put, remove }) => {
      await remove(row(6));
      await put({ ...row(6), id: "audit:other" });
    },
    fault: "altered",
    sequence: 6,
  },
  {
    what: "a hash is altered",
    by: ({ row, put }) => put({ ...row(2), value: { ...row(2).value, hash: "ff" } }),
    fault: "altered",
    sequence: 2,
  },
  {
    what: "two rows have changed places",
    by: async ({ row, put }) => {
      await put(withKeys(row(7), { sequence: 8, order: row(8).keys.order }));
      await put(withKeys(row(8), { sequence: 7, order: row(7).keys.order }));
    },
    fault: "altered",
    sequence: 7,
  },
  {
    what: "a row is given to another account",
    by: ({ row, put }) => put(withKeys(row(3), { accountId: B })),
    fault: "altered",
    sequence: 3,
  },
];

const MISSING: readonly Break[] = [
  { what: "a row is gone", by: ({ row, remove }) => remove(row(3)), fault: "missing", sequence: 4 },
  { what: "the first row is gone", by: ({ row, remove }) => remove(row(1)), fault: "missing", sequence: 2 },
  {
    what: "a row is no audit row any more",
    by: ({ row, put }) => put({ ...row(3), kind: "other" }),
    fault: "missing",
    sequence: 4,
  },
  {
    what: "a row lies in another account's partition",
    by: async ({ row, put, remove }) => {
      await put({ ...row(3), pk: `account:${B}` });
      await remove(row(3));
    },
    fault: "missing",
    sequence: 4,
  },
  {
    what: "the last rows are gone",
    by: ({ row, remove }) => Promise.all([remove(row(9)), remove(row(10))]),
    fault: "headAhead",
    sequence: 9,
  },
  {
    what: "all rows are gone",
    by: ({ row, remove }) => Promise.all(Array.from({ length: 10 }, (_, place) => remove(row(place + 1)))),
    fault: "headAhead",
    sequence: 1,
  },
  {
    what: "a row is put into another month",
    by: ({ row, put }) => put(withKeys(row(10), { chain: "2026-12/" })),
    fault: "headAhead",
    sequence: 10,
  },
];

const HEADS: readonly Break[] = [
  { what: "the head is gone", by: ({ head, remove }) => remove(head), fault: "headBehind", sequence: 10 },
  {
    what: "the head is set back",
    by: ({ head, row, put }) => put({ ...head, value: { sequence: 8, hash: row(8).value?.hash } }),
    fault: "headBehind",
    sequence: 10,
  },
  {
    what: "the head can't be read any more",
    by: ({ head, put }) => put({ ...head, value: { sequence: "ten", hash: "ff" } }),
    fault: "headBehind",
    sequence: 10,
  },
  {
    what: "the head says another end",
    by: ({ head, put }) => put({ ...head, value: { sequence: 10, hash: "ff" } }),
    fault: "order",
    sequence: 10,
  },
];

describe("an audit log that somebody changed in the Cosmos container", () => {
  let cosmos: OpenedCosmos;
  let container: Container;
  let audit: AuditStore;

  beforeEach(async () => {
    cosmos = await openCosmosForTest(movedClock());
    container = cosmos.container;
    audit = cosmos.stores.audit;
    for (let place = 1; place <= 10; place += 1) await audit.append([auditRow({ target: `Target ${place}` })]);
  });
  afterEach(() => cosmos.dispose());
  const verify = () => verifyAudit({ audit }, { accountId: A });

  it("holds before anybody touches it", async () => {
    expect(await verify()).toEqual({ rowsThatHold: 10, chainsThatHold: 1, brokenChains: 0, firstBreak: null });
  });

  it.each([...ALTERED, ...MISSING, ...HEADS])("is found: $what", async ({ by, fault, sequence }) => {
    await by(await handOn(container));
    const { firstBreak, rowsThatHold } = await verify();
    expect(firstBreak).toMatchObject({ chain: "2026-11/", fault, sequence });
    expect(rowsThatHold).toBeLessThanOrEqual(10);
  });

  it("is found where a row was put in from elsewhere, sound in itself", async () => {
    const elsewhere = await openCosmosForTest(movedClock());
    for (const target of ["a", "b", "c"]) await elsewhere.stores.audit.append([auditRow({ target })]);
    const { row, put, remove } = await handOn(container);
    await remove(row(3));
    await put((await handOn(elsewhere.container)).row(3));
    await elsewhere.dispose();
    const { firstBreak } = await verify();
    expect(firstBreak).toMatchObject({ fault: "order", sequence: 3, row: { target: "c" } });
  });

  it("goes on behind the first break, and counts what is broken", async () => {
    await audit.append([
      auditRow({ tenantId: "t1", verb: "alert.resolve" }),
      auditRow({ tenantId: "t2", verb: "alert.resolve" }),
      auditRow({ tenantId: "t2", verb: "alert.resolve" }),
    ]);
    const { row, remove } = await handOn(container);
    await remove(row(4));
    const { row: ofT1, remove: removeOfT1 } = await handOn(container, `tenant:${A}:t1`);
    await removeOfT1(ofT1(1));
    const { firstBreak, ...counts } = await verify();
    expect(firstBreak).toMatchObject({ chain: "2026-11/", fault: "missing", sequence: 5 });
    expect(counts).toEqual({ rowsThatHold: 3 + 2, chainsThatHold: 1, brokenChains: 2 });
  });

  it("finds what was put under an account that it is not of", async () => {
    const { row, put } = await handOn(container);
    await put(withKeys(row(3), { accountId: B }));
    const { firstBreak } = await verifyAudit({ audit }, { accountId: B });
    expect(firstBreak).toMatchObject({ chain: "2026-11/", fault: "headBehind" });
  });
});

async function handOn(container: Container, partition = `account:${A}`): Promise<Hand> {
  const seen = async (kind: string) => {
    const query = { query: "SELECT * FROM c WHERE c.kind = @kind", parameters: [{ name: "@kind", value: kind }] };
    return (await container.items.query<SeenItem>(query, { partitionKey: partition }).fetchAll()).resources;
  };
  const rows = await seen("audit");
  const [head] = await seen("auditHead");
  if (head === undefined) throw new Error("The sample chain has no head.");
  return {
    head,
    row: (sequence) => {
      const found = rows.find(({ keys }) => keys.sequence === sequence);
      if (found === undefined) throw new Error(`The sample chain has no row ${sequence}.`);
      return found;
    },
    put: async (item) => {
      await container.items.upsert(item);
    },
    remove: async ({ id, pk }) => {
      await container.item(id, pk).delete();
    },
  };
}
