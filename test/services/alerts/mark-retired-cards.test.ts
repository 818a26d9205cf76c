import { describe, expect, it } from "vitest";
import { markRetiredCards } from "../../../services/alerts/mark-retired-cards.ts";
import { retireLateCard } from "../../../services/alerts/retire-late-card.ts";
import { DAY, MINUTE, shift } from "../../../services/domain/instant.ts";
import type { RetiredCard } from "../../../services/domain/removed-tenant.ts";
import type { AnnounceOutcome } from "../../../services/ports/announcer.ts";
import type { RemovalStore } from "../../../services/ports/removal-store.ts";
import { A, conversation, record, START, tombstone } from "../../contract/store/store-samples.ts";

const SCOPE = { accountId: A, tenantId: "tenant-1" };

function card(activityId: string, conversationId: string): RetiredCard {
  const removed = tombstone(SCOPE);
  const alert = { alertId: activityId, title: activityId, severity: "low" as const };
  return { ...SCOPE, ...alert, activityId, conversationId, removed, dueAt: START };
}

function world(input: { cards: RetiredCard[]; outcome: (card: RetiredCard) => AnnounceOutcome; now?: string }) {
  const left = new Map(input.cards.map((item) => [item.activityId, item]));
  const calls: string[] = [];
  const removals: RemovalStore = {
    get: async () => tombstone(SCOPE),
    countCards: async () => left.size,
    putCard: async (item) => void left.set(item.activityId, item),
    removeCard: async ({ activityId }) => void left.delete(activityId),
    dueCards: async ({ now }) => [...left.values()].filter(({ dueAt }) => dueAt <= now),
    due: async () => [],
  };
  const deps = {
    removals,
    conversations: {
      get: async (_account: string, id: string) => (id === "forgotten" ? null : conversation({ id })),
    },
    announcer: {
      edit: async ({ activityId }: { activityId: string }) => {
        calls.push(activityId);
        const item = left.get(activityId);
        if (item === undefined) throw new Error("An edit of a card that is done with.");
        return input.outcome(item);
      },
    },
    clock: { now: () => input.now ?? START },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  return { deps, left, calls };
}

describe("marking the cards of a removed tenant", () => {
  it("is done with a card that shows it, that Teams refuses, or whose conversation is forgotten", async () => {
    const cards = [card("shown", "one"), card("gone", "one"), card("lost", "forgotten")];
    const { deps, left } = world({
      cards,
      outcome: ({ activityId }) =>
        activityId === "gone" ? { kind: "refused", why: "messageGone" } : { kind: "shown", activityId },
    });
    await markRetiredCards(deps, { tenantId: SCOPE.tenantId });
    expect([...left.keys()]).toEqual([]);
  });

  it("leaves a conversation alone that asks to wait, and goes on with the others", async () => {
    const cards = [card("a", "busy"), card("b", "busy"), card("c", "free")];
    const { deps, left, calls } = world({
      cards,
      outcome: ({ conversationId, activityId }) =>
        conversationId === "busy" ? { kind: "wait", milliseconds: 3_000 } : { kind: "shown", activityId },
    });
    await markRetiredCards(deps, { tenantId: SCOPE.tenantId });
    expect(calls).toEqual(["a", "c"]);
    expect([...left.values()].map(({ activityId, dueAt }) => [activityId, dueAt])).toEqual([
      ["a", shift(START, 3_000)],
      ["b", shift(START, 3_000)],
    ]);
  });

  it("edits again after an edit without an answer, for seven days", async () => {
    const outcome = () => ({ kind: "ambiguous", why: "timeout" }) as const;
    const soon = world({ cards: [card("a", "one")], outcome });
    await markRetiredCards(soon.deps, { tenantId: SCOPE.tenantId });
    expect(soon.left.get("a")?.dueAt).toBe(shift(START, MINUTE));
    const late = world({ cards: [card("a", "one")], outcome, now: shift(START, 7 * DAY + 1) });
    await markRetiredCards(late.deps, { tenantId: SCOPE.tenantId });
    expect(late.left.size).toBe(0);
  });

  it("takes in a card that went on screen while its tenant was removed, and none of a tenant that was not", async () => {
    const { deps, left } = world({ cards: [], outcome: () => ({ kind: "shown", activityId: "x" }) });
    const late = { record: record(SCOPE, { id: "a9", title: "Late" }), conversation: conversation(), activityId: "m9" };
    await retireLateCard({ ...deps, removals: { ...deps.removals, get: async () => null } }, late);
    expect(left.size).toBe(0);
    await retireLateCard(deps, late);
    expect(left.get("m9")).toMatchObject({ ...SCOPE, alertId: "a9", title: "Late", dueAt: START });
  });
});
