import { createHash } from "node:crypto";
import { MINUTE, SECOND, shift } from "../services/domain/instant.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { EphemeralStore } from "../services/ports/stores.ts";
import type { GatedActivity } from "./activity-gate.ts";

/** What a turn was answered with; kept, so that a repeat gets the first answer again. */
export interface TurnAnswer {
  readonly status: number;
  readonly body: unknown;
}

const REMEMBERED_MESSAGE = 10 * MINUTE;
/** Teams sends an unanswered click again after 15 seconds, with a new id; the same click by hand is later than that. */
const REMEMBERED_CLICK = 20 * SECOND;

/** Runs each turn once: Teams sends again what was not answered in time, at times with another id (reliability.md fact 2). */
export function createTurnOnce(deps: { ephemeral: EphemeralStore; clock: Clock }) {
  const running = new Map<string, Promise<TurnAnswer>>();
  return async (activity: GatedActivity, run: () => Promise<TurnAnswer>): Promise<TurnAnswer> => {
    const key = turnKey(activity);
    if (key === null) return await run();
    const first = running.get(key);
    if (first !== undefined) return await first;
    const turn = once(deps, key, activity.type === "invoke" ? REMEMBERED_CLICK : REMEMBERED_MESSAGE, run);
    running.set(key, turn);
    try {
      return await turn;
    } finally {
      running.delete(key);
    }
  };
}

async function once(
  deps: { ephemeral: EphemeralStore; clock: Clock },
  key: string,
  remembered: number,
  run: () => Promise<TurnAnswer>,
): Promise<TurnAnswer> {
  const endsAt = shift(deps.clock.now(), remembered);
  const claim = await deps.ephemeral.put({ key, value: "null", etag: null, endsAt });
  if (claim === "conflict") {
    const before: TurnAnswer | null = JSON.parse((await deps.ephemeral.get(key))?.value ?? "null");
    // Without an answer the process died in that turn: what it did is idempotent, so it is done again.
    if (before !== null) return before;
  }
  const answer = await run();
  await deps.ephemeral.put({ key, value: JSON.stringify(answer), etag: "*", endsAt });
  return answer;
}

/** By conversation and activity id; a click by what was clicked, since its repeat has a new id. */
function turnKey(activity: GatedActivity): string | null {
  const conversation = activity.conversation.id;
  if (activity.type === "invoke") {
    const click = JSON.stringify([
      conversation,
      activity.replyToId ?? null,
      activity.from.id,
      activity.name,
      activity.value,
    ]);
    return `turn:click:${createHash("sha256").update(click).digest("base64url")}`;
  }
  return activity.id === undefined ? null : `turn:${activity.type}:${conversation}:${activity.id}`;
}
