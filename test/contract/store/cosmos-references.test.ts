import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConsentJourney } from "../../../services/domain/consent-journey.ts";
import { DAY, SECOND, shift } from "../../../services/domain/instant.ts";
import type { ConsentStore } from "../../../services/ports/stores.ts";
import { auditedWrite } from "../../../services/store/cosmos/audited-write.ts";
import { cosmosConsents } from "../../../services/store/cosmos/cosmos-consents.ts";
import type { CosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";
import { accountPartition, referencePartition } from "../../../services/store/cosmos/cosmos-item.ts";
import { cosmosMoves } from "../../../services/store/cosmos/cosmos-moves.ts";
import { type OpenedContainer, openCosmosContainer } from "./open-cosmos-container.ts";
import { movedClock } from "./opened-store.ts";
import { A, at, auditRow, B, journey, leg, move } from "./store-samples.ts";
import { dyingAt, holdingAt, lagging } from "./troubled-containers.ts";

describe("references in Cosmos DB", () => {
  const clock = movedClock();
  let opened: OpenedContainer;
  beforeEach(async () => {
    opened = await openCosmosContainer();
  });
  afterEach(() => opened.dispose());

  const storesOn = (container: CosmosContainer) => {
    const writeAudit = auditedWrite(container);
    return {
      consents: cosmosConsents(container, writeAudit, clock, [A, B]),
      moves: cosmosMoves(container, writeAudit, clock, [A, B]),
    };
  };
  /** One more worker, with a client of its own. */
  const worker = () => storesOn(opened.connect());
  /** A worker that is killed when it is about to write to the account, what it wrote before being there. */
  const dying = () => storesOn(dyingAt(opened.connect(), accountPartition(A)));
  const rowsOf = (accountId: string) =>
    opened.connect().count({ partition: accountPartition(accountId), kind: "audit" });
  const created = async (fields: Partial<ConsentJourney> = {}) => {
    const item = journey(fields);
    const { consents } = worker();
    await consents.create(item, auditRow({ accountId: item.accountId }));
    return { item, etag: (await consents.get(item.id))?.etag ?? "" };
  };
  const lookUps = async (consents: ConsentStore, item: ConsentJourney) => [
    await consents.get(item.id),
    await consents.findByLink(item.linkHash),
    ...(await Promise.all(item.legs.map(({ stateHash }) => consents.findByState(stateHash)))),
  ];
  const proven = (item: ConsentJourney): ConsentJourney => ({
    ...item,
    tenant: { id: "t1", name: "Contoso", domain: "contoso.example" },
  });

  it("lead nowhere when their journey was never stored, and do not stand in its way", async () => {
    const item = proven(journey({ legs: [leg()], dueAt: at(0) }));
    await expect(dying().consents.create(item, auditRow())).rejects.toThrow("killed");
    const { consents } = worker();
    expect(await lookUps(consents, item)).toEqual([null, null, null]);
    expect(await consents.openForTenant("t1")).toEqual([]);
    expect(await consents.open(A)).toEqual([]);
    expect(await consents.due({ now: at(9), limit: 9 })).toEqual([]);
    expect(await rowsOf(A)).toBe(0);

    await consents.create(item, auditRow());
    expect((await lookUps(consents, item)).map((found) => found?.value)).toEqual([item, item, item]);
    expect(await consents.openForTenant("t1")).toEqual([item]);
    expect(await rowsOf(A)).toBe(1);
  });

  it("end a month after their journey: until then an orphan keeps its link for its own", async () => {
    const item = journey({ expiresAt: at(7 * 24 * 60) });
    await expect(dying().consents.create(item, auditRow())).rejects.toThrow("killed");
    const other = journey({ accountId: B, linkHash: item.linkHash });
    const claim = () => worker().consents.create(other, auditRow({ accountId: B }));
    opened.advance(37 * DAY - SECOND);
    await expect(claim()).rejects.toMatchObject({ code: "conflict" });
    opened.advance(2 * SECOND);
    await claim();
    expect((await worker().consents.findByLink(item.linkHash))?.value).toEqual(other);
  });

  it("of a step that was broken off change nothing: the same step can be taken again", async () => {
    const { item, etag } = await created({ legs: [leg({ stateHash: "s1" })] });
    const step = { journey: proven({ ...item, legs: [leg({ stateHash: "s2" })] }), etag };
    await expect(dying().consents.update({ ...step, audit: auditRow() })).rejects.toThrow("killed");
    const { consents } = worker();
    expect(await consents.findByState("s2")).toBeNull();
    expect(await consents.openForTenant("t1")).toEqual([]);
    expect(await consents.findByState("s1")).toEqual({ value: item, etag });

    expect(await consents.update({ ...step, audit: auditRow() })).toBe("stored");
    expect(await consents.findByState("s1")).toBeNull();
    expect((await consents.findByState("s2"))?.value).toEqual(step.journey);
    expect(await consents.openForTenant("t1")).toEqual([step.journey]);
    expect(await rowsOf(A)).toBe(2);
  });

  it("are not written by who comes late", async () => {
    const { item, etag } = await created();
    const { consents } = worker();
    expect(await consents.update({ journey: { ...item, state: "opened" }, etag })).toBe("stored");
    const late = { ...item, legs: [leg({ stateHash: "late" })] };
    expect(await consents.update({ journey: late, etag })).toBe("conflict");
    expect(await opened.connect().read(referencePartition("consentState", "late"), "reference")).toBeNull();
  });

  it("let one of many that hold the same tag store its step", async () => {
    const { item, etag } = await created();
    const steps = Array.from({ length: 10 }, (_, place) => ({ ...item, legs: [leg({ stateHash: `s${place}` })] }));
    const outcomes = await Promise.all(
      steps.map((step) => worker().consents.update({ journey: step, etag, audit: auditRow() })),
    );
    expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
    const winner = steps[outcomes.indexOf("stored")];
    const { consents } = worker();
    expect((await consents.get(item.id))?.value).toEqual(winner);
    const found = await Promise.all(steps.map((_, place) => consents.findByState(`s${place}`)));
    expect(found.flatMap((one) => one?.value ?? [])).toEqual([winner]);
    expect(await rowsOf(A)).toBe(2);
  });

  it("let a leg be used by one of two who bring its state at once", async () => {
    const { item } = await created({ legs: [leg({ stateHash: "s1" }), leg({ stateHash: "s2" })] });
    const use = async ({ consents }: ReturnType<typeof worker>) => {
      const found = await consents.findByState("s1");
      if (found === null) return "gone";
      const journey = { ...found.value, legs: item.legs.slice(1) };
      return await consents.update({ journey, etag: found.etag, audit: auditRow() });
    };
    const outcomes = await Promise.all([use(worker()), use(worker()), use(worker())]);
    expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
    const { consents } = worker();
    expect(await consents.findByState("s1")).toBeNull();
    expect((await consents.findByState("s2"))?.value.legs).toHaveLength(1);
    expect(await rowsOf(A)).toBe(2);
  });

  it("last as long as a link that is renewed; what outlives them is found by its id", async () => {
    const { item, etag } = await created({ dueAt: at(0) });
    opened.advance(36 * DAY);
    const renewed = { ...item, expiresAt: shift(item.expiresAt, 7 * DAY) };
    expect(await worker().consents.update({ journey: renewed, etag })).toBe("stored");
    opened.advance(36 * DAY);
    const { consents } = worker();
    expect((await consents.findByLink(item.linkHash))?.value).toEqual(renewed);
    opened.advance(36 * DAY);
    expect(await consents.findByLink(item.linkHash)).toBeNull();
    expect((await consents.get(item.id))?.value).toEqual(renewed);
    expect(await consents.due({ now: at(0), limit: 9 })).toEqual([item.id]);
  });

  it("show at least one of two sign-ins at one tenant the other, though reads lag behind what others wrote", async () => {
    const mine = await created({ accountId: A });
    const theirs = await created({ accountId: B });
    const attempts = [mine, theirs].map(({ item, etag }) => {
      const container = lagging(opened.connect());
      return { item, etag, container, consents: storesOn(container).consents };
    });
    const both = [mine.item, theirs.item];
    for (const { consents } of attempts) await Promise.all(both.map(({ id }) => consents.get(id)));
    for (const { consents, item, etag } of attempts) await consents.update({ journey: proven(item), etag });
    const seen = await Promise.all(attempts.map(({ consents }) => consents.openForTenant("t1")));
    expect(seen.some((journeys) => journeys.length === 2)).toBe(true);
    // The lag is in force: by a plain read neither knows of the other.
    for (const [place, { consents }] of attempts.entries()) {
      expect((await consents.get(both[1 - place]?.id ?? ""))?.value.tenant).toBeNull();
    }
  });

  it("show the second of two sign-ins to the first, if it was held up before its journey was stored", async () => {
    const mine = await created({ accountId: A });
    const theirs = await created({ accountId: B });
    const slow = holdingAt(opened.connect(), accountPartition(A));
    const first = storesOn(lagging(slow.container)).consents;
    const stored = first.update({ journey: proven(mine.item), etag: mine.etag });
    await slow.held;
    const second = storesOn(lagging(opened.connect())).consents;
    await second.update({ journey: proven(theirs.item), etag: theirs.etag });
    expect((await second.openForTenant("t1")).map(({ id }) => id)).toEqual([theirs.item.id]);
    slow.letGo();
    expect(await stored).toBe("stored");
    const ids = (await first.openForTenant("t1")).map(({ id }) => id);
    expect(ids.sort()).toEqual([mine.item.id, theirs.item.id].sort());
  });

  it("keep every sign-in at a tenant that many sign in to at once", async () => {
    const journeys = await Promise.all(Array.from({ length: 12 }, () => created()));
    await Promise.all(journeys.map(({ item, etag }) => worker().consents.update({ journey: proven(item), etag })));
    const ids = (await worker().consents.openForTenant("t1")).map(({ id }) => id);
    expect(ids.sort()).toEqual(journeys.map(({ item }) => item.id).sort());
  });

  it("lead nowhere when their move was never stored, and leave the tenant free", async () => {
    const item = move({ dueAt: at(0) });
    await expect(dying().moves.create({ move: item, audit: auditRow() })).rejects.toThrow("killed");
    const { moves } = worker();
    expect(await moves.get(item.id)).toBeNull();
    expect(await moves.openOf(item)).toBeNull();
    expect(await moves.due({ now: at(9), limit: 9 })).toEqual([]);
    const other = move();
    expect(await moves.create({ move: other, audit: auditRow() })).toEqual({ kind: "created" });
    expect(await moves.create({ move: item, audit: auditRow() })).toEqual({ kind: "openAlready", move: other });
    expect(await rowsOf(A)).toBe(1);
  });

  it("leave one of two who end a move at once, and its guard goes with it", async () => {
    const item = move();
    await worker().moves.create({ move: item, audit: auditRow() });
    const etag = (await worker().moves.get(item.id))?.etag ?? "";
    const ends = ["declined", "cancelled"] as const;
    const outcomes = await Promise.all(
      ends.map((state) => worker().moves.update({ move: { ...item, state }, etag, audit: auditRow() })),
    );
    expect([...outcomes].sort()).toEqual(["conflict", "stored"]);
    const { moves } = worker();
    expect((await moves.get(item.id))?.value.state).toBe(ends[outcomes.indexOf("stored")]);
    expect(await opened.connect().count({ partition: accountPartition(A), kind: "openMove" })).toBe(0);
    expect(await moves.create({ move: move(), audit: auditRow() })).toEqual({ kind: "created" });
    expect(await rowsOf(A)).toBe(3);
  });

  it("are found by a move's id after their end", async () => {
    const item = move();
    await worker().moves.create({ move: item, audit: auditRow() });
    opened.advance(38 * DAY);
    expect(await opened.connect().read(referencePartition("move", item.id), "reference")).toBeNull();
    expect((await worker().moves.get(item.id))?.value).toEqual(item);
  });
});
