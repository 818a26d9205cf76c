import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../../services/domain/job.ts";
import type { Person } from "../../../services/domain/person.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { advanceMove } from "../../../services/tenants/advance-move.ts";
import { answerMove } from "../../../services/tenants/answer-move.ts";
import { requestMove } from "../../../services/tenants/request-move.ts";
import { undoMove } from "../../../services/tenants/undo-move.ts";
import { movedClock } from "../../contract/store/opened-store.ts";
import { A, B, delivery, linked, organization, ROBIN, record, stored } from "../../contract/store/store-samples.ts";

const SAM: Person = { id: "person-sam", name: "Sam Sato", signInName: null };
const KIM: Person = { id: "person-kim", name: "Kim Kowalski", signInName: null };
const HOUR = 3_600_000;

describe("a move on the real store", () => {
  const clock = movedClock();
  let stores: Stores;

  beforeEach(async () => {
    stores = await openSqliteStores({ path: ":memory:", clock });
  });
  afterEach(() => stores.close());

  const depsOf = (over: Partial<Stores> = {}) => ({
    ...stores,
    ...over,
    clock,
    randomness: { id: () => randomUUID(), secret: () => randomUUID() },
    queue: { add: (_job: Job) => undefined },
    accounts: [],
    configuredAdmins: new Set([ROBIN.id, SAM.id, KIM.id]),
    announcer: {
      post: async () => ({ kind: "refused", why: "blocked" }) as const,
      edit: async () => ({ kind: "refused", why: "blocked" }) as const,
    },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const free = async (name: string) => {
    const item = organization({ name });
    await stores.organizations.add(item);
    return item.id;
  };
  const asked = async (toOrganizationId: string) => {
    const scope = await linked(stores);
    const outcome = await requestMove(depsOf(), { scope, toOrganizationId, by: ROBIN, where: "chat" });
    if (outcome.kind !== "requested") throw new Error(outcome.kind);
    return { scope, move: outcome.move };
  };
  const click = (moveId: string, by = SAM) => ({ accountId: A, moveId, by, where: "chat" });
  const movesOf = async () =>
    (await stores.audit.list({ accountId: A, limit: 500 })).filter(({ verb }) => verb === "tenant.move");

  it("cut off between the link and the record of it, is taken up by the job and moves once", async () => {
    const { scope, move } = await asked(await free("Target"));
    let writes = 0;
    const broken = {
      ...stores.moves,
      update: async (input: Parameters<Stores["moves"]["update"]>[0]) => {
        writes += 1;
        if (writes > 1) throw new Error("killed");
        return await stores.moves.update(input);
      },
    };
    const dying = answerMove(depsOf({ moves: broken }), { ...click(move.id), answer: "approve" });
    await expect(dying).rejects.toThrow("killed");
    expect((await stores.links.get(scope))?.value.organizationId).toBe(move.to.organizationId);
    expect((await stores.moves.get(move.id))?.value.state).toBe("approved");
    expect(await stores.moves.due({ now: clock.now(), limit: 5 })).toEqual([move.id]);
    await advanceMove(depsOf(), { moveId: move.id });
    expect((await stores.moves.get(move.id))?.value).toMatchObject({ state: "done", decidedBy: SAM });
    expect(await movesOf()).toHaveLength(1);
  });

  it("approved, declined and taken back at once, has one answer; the others are told whose", async () => {
    const { move } = await asked(await free("Target"));
    const outcomes = await Promise.all([
      answerMove(depsOf(), { ...click(move.id), answer: "approve" }),
      answerMove(depsOf(), { ...click(move.id, KIM), answer: "decline" }),
      answerMove(depsOf(), { ...click(move.id, ROBIN), answer: "cancel" }),
    ]);
    const answered = outcomes.filter(({ kind }) => kind === "answered");
    expect(answered).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.kind === "answered") continue;
      expect(outcome).toMatchObject({ kind: "refused", refusal: { reason: "notWaiting" } });
      if (outcome.kind === "refused") expect(outcome.move.decidedBy).not.toBeNull();
    }
  });

  it("of 50 to one organization, approved at the same time, one comes about (R9)", async () => {
    const target = await free("Contested");
    const moves = [];
    for (let nth = 0; nth < 50; nth += 1) moves.push((await asked(target)).move);
    await Promise.all(moves.map(({ id }) => answerMove(depsOf(), { ...click(id), answer: "approve" })));
    const ended = await Promise.all(moves.map(async ({ id }) => (await stores.moves.get(id))?.value));
    expect(ended.filter((move) => move?.state === "done")).toHaveLength(1);
    const others = ended.filter((move) => move?.state === "cancelled");
    expect(others).toHaveLength(49);
    expect(others.every((move) => move?.explanation?.startsWith("Contested has a tenant meanwhile"))).toBe(true);
    expect(await movesOf()).toHaveLength(1);
  });

  it("undone by two admins at once, goes back once; the second is told who was first", async () => {
    const { scope, move } = await asked(await free("Target"));
    await answerMove(depsOf(), { ...click(move.id), answer: "approve" });
    const undos = await Promise.all([undoMove(depsOf(), click(move.id)), undoMove(depsOf(), click(move.id, KIM))]);
    expect(undos.map(({ kind }) => kind).sort()).toEqual(["refused", "undone"]);
    expect((await stores.links.get(scope))?.value.organizationId).toBe(move.from.organizationId);
    const second = undos.find(({ kind }) => kind === "refused");
    expect(second).toMatchObject({ refusal: { reason: "notDone" }, move: { state: "undone" } });
  });

  it("renews the cards that are on screen and posts none for an older alert that has none", async () => {
    const { scope, move } = await asked(await free("Target"));
    const fresh = { revision: 4, settledRevision: 4 };
    await stored(stores, record(scope, { id: "with-card" }, fresh));
    await stored(stores, record(scope, { id: "resolved", status: "resolved" }, fresh));
    await stored(stores, record(scope, { id: "older" }, { revision: 1, settledRevision: 1, baseline: true }));
    for (const id of ["with-card", "resolved"]) {
      const card = delivery(scope, id, { state: "posted", activityId: id, shownRevision: 4 });
      await stores.deliveries.put({ delivery: card, etag: null });
    }
    await answerMove(depsOf(), { ...click(move.id), answer: "approve" });
    const due = async () =>
      (await stores.alerts.dueToAnnounce({ now: clock.now(), limit: 9 })).map((item) => item.alertId);
    await advanceMove(depsOf(), { moveId: move.id });
    expect(await due()).toEqual([]);
    clock.advance(15_000);
    await advanceMove(depsOf(), { moveId: move.id });
    expect(await due()).toEqual(["with-card"]);
    await advanceMove(depsOf(), { moveId: move.id });
    expect((await due()).sort()).toEqual(["resolved", "with-card"]);
    expect((await stores.alerts.get(scope, "with-card"))?.value).toMatchObject({ revision: 5, settledRevision: 5 });
    expect((await stores.alerts.get(scope, "older"))?.value.revision).toBe(1);
    expect((await stores.moves.get(move.id))?.value.renewal).toBeNull();
    clock.advance(HOUR);
    await advanceMove(depsOf(), { moveId: move.id });
    expect((await stores.moves.get(move.id))?.value).toMatchObject({ undoUntil: null, dueAt: null });
  });

  it("does not exist for another account", async () => {
    const { move } = await asked(await free("Target"));
    const theirs = { ...click(move.id), accountId: B };
    expect(await answerMove(depsOf(), { ...theirs, answer: "decline" })).toEqual({ kind: "missing" });
    expect(await undoMove(depsOf(), theirs)).toEqual({ kind: "missing" });
    expect((await stores.moves.get(move.id))?.value.state).toBe("pending");
  });
});
