import { announceAlert } from "../../../services/alerts/announce-alert.ts";
import type { Alert } from "../../../services/domain/alert.ts";
import type { AlertRecord } from "../../../services/domain/alert-record.ts";
import type { Conversation } from "../../../services/domain/conversation.ts";
import type { AnnounceOutcome, Announcer } from "../../../services/ports/announcer.ts";
import { binding, conversation } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "./alert-world.ts";

interface Sent {
  readonly what: string;
  readonly where: string;
  readonly revision: number;
}

/** A world whose Teams answers as told; without an answer told it shows what it is sent. */
export async function announceWorld() {
  const world: AlertWorld = await alertWorld();
  const sent: Sent[] = [];
  const answers: (AnnounceOutcome | (() => Promise<AnnounceOutcome>))[] = [];
  const paused: string[] = [];
  const answer = async (what: string, input: Parameters<Announcer["post"]>[0], activityId: string) => {
    const { announcement } = input;
    sent.push({
      what,
      where: input.conversation.id,
      revision: announcement.kind === "alert" ? announcement.record.revision : 0,
    });
    const next = answers.shift();
    if (typeof next === "function") return await next();
    return next ?? { kind: "shown" as const, activityId };
  };
  const announcer: Announcer = {
    post: (input) => answer("post", input, `message-${sent.length + 1}`),
    edit: (input) => answer(`edit ${input.activityId}`, input, input.activityId),
  };
  const deps = {
    ...world.deps,
    announcer,
    routePaused: async (where: Conversation, sentence: string) => void paused.push(`${where.name}: ${sentence}`),
  };
  return {
    ...world,
    deps,
    /** What was sent, as "post channel-1 r2". */
    sent: () => sent.map(({ what, where, revision }) => `${what} ${where} r${revision}`),
    answers,
    paused,
    bind: async (id: string): Promise<void> => {
      await world.stores.conversations.put(conversation({ id, name: `#${id}` }));
      await world.stores.bindings.put({ binding: binding({ conversationId: id }), audit: null });
    },
    /** An alert that was settled, its cards due now. */
    settled: async (alert: Partial<Alert> = {}, fields: Partial<AlertRecord> = {}): Promise<string> => {
      const autoResolve = {
        kind: "notResolved" as const,
        reason: "off" as const,
        origin: { level: "default" as const, by: null, at: null },
      };
      const due = { nextSettleAt: null, nextAnnounceAt: world.clock.now(), autoResolve };
      return (await world.alert(alert, { ...due, ...fields })).alert.id;
    },
    /** The alert changes: one revision on, its cards due. */
    change: (alertId: string) =>
      world.rewrite(alertId, (item) => ({ ...item, revision: item.revision + 1, nextAnnounceAt: world.clock.now() })),
    announce: (alertId: string) => announceAlert(deps, { tenantId: world.scope.tenantId, alertId }),
    /** Waits until the cards are due and announces. */
    announceWhenDue: async (alertId: string): Promise<void> => {
      const due = (await world.read(alertId)).nextAnnounceAt;
      if (due === null) throw new Error("Nothing is due.");
      world.clock.advance(Math.max(0, Date.parse(due) - Date.parse(world.clock.now())));
      await announceAlert(deps, { tenantId: world.scope.tenantId, alertId });
    },
    /** What is recorded of the alert's cards, by conversation. */
    cards: async (alertId: string) => {
      const found = await world.stores.deliveries.ofAlert(world.scope, alertId);
      return found
        .map(({ value }) => value)
        .toSorted((left, right) => (left.conversationId < right.conversationId ? -1 : 1));
    },
    due: async (alertId: string) => (await world.read(alertId)).nextAnnounceAt,
  };
}

export type AnnounceWorld = Awaited<ReturnType<typeof announceWorld>>;
