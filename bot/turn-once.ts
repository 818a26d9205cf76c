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
    const keys = keysOf(activity);
    if (keys === null) return await run();
    const { key } = keys;
    const first = running.get(key);
    if (first !== undefined) return await first;
    const turn = once(deps, keys, activity.type === "invoke" ? REMEMBERED_CLICK : REMEMBERED_MESSAGE, run);
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
  turn: TurnKeys,
  remembered: number,
  run: () => Promise<TurnAnswer>,
): Promise<TurnAnswer> {
  const endsAt = shift(deps.clock.now(), remembered);
  const keep = (etag: string | null, answer: TurnAnswer | null) =>
    deps.ephemeral.put({ key: turn.place, value: JSON.stringify({ turn: turn.key, answer }), etag, endsAt });
  if ((await keep(null, null)) === "conflict") {
    const last: Remembered | null = JSON.parse((await deps.ephemeral.get(turn.place))?.value ?? "null");
    // Without an answer the process died in that turn: what it did is idempotent, so it is done again.
    if (last?.turn === turn.key && last.answer !== null) return last.answer;
    if (last?.turn !== turn.key) await keep("*", null);
  }
  const answer = await run();
  // A turn that failed may go well when Teams sends it again.
  if (answer.status >= 500) await deps.ephemeral.remove(turn.place);
  else await keep("*", answer);
  return answer;
}

interface Remembered {
  readonly turn: string;
  readonly answer: TurnAnswer | null;
}

/** What a turn is told apart by, and where its answer is kept. */
interface TurnKeys {
  readonly key: string;
  readonly place: string;
}

/**
 * By conversation and activity id; a click by what was clicked, since its repeat has a new id. Of a person's clicks on
 * one message only the last is remembered: off, on and off again are three clicks, not two and a repeat.
 */
function keysOf(activity: GatedActivity): TurnKeys | null {
  const conversation = activity.conversation.id;
  if (activity.type === "invoke") {
    const where = [conversation, activity.replyToId ?? null, activity.from.id, activity.name];
    return { key: digest([...where, activity.value]), place: `turn:click:${digest(where)}` };
  }
  if (activity.id === undefined) return null;
  const key = `turn:${activity.type}:${conversation}:${activity.id}`;
  return { key, place: key };
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
