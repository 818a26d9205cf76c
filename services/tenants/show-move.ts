import { SECOND } from "../domain/instant.ts";
import type { MoveCard, MoveRequest } from "../domain/move-request.ts";
import type { Announcement, AnnounceOutcome } from "../ports/announcer.ts";
import type { CarryOutMoveDeps } from "./carry-out-move.ts";
import { changeMove, type MoveDecision } from "./change-move.ts";
import { noticePlaces, type TellAdminsDeps } from "./tell-admins.ts";

export interface ShowMoveDeps extends TellAdminsDeps {
  readonly moves: CarryOutMoveDeps["moves"];
}

/** After an edit without an answer: edits are idempotent, so the same one is made again. */
const AMBIGUOUS_PAUSE = 30 * SECOND;

/**
 * Shows a move where admins are told things, and brings the cards that show it up to date. Gives the milliseconds after
 * which it is to be tried again, or null when all is shown as far as Teams lets it.
 */
export async function showMove(deps: ShowMoveDeps, move: MoveRequest): Promise<number | null> {
  const waits: number[] = [];
  for (const card of move.cards) {
    if (card.activityId === null || card.shownRevision >= move.revision) continue;
    const conversation = await deps.conversations.get(move.accountId, card.conversationId);
    if (conversation === null) continue;
    const announcement = announcementOf(move, card.conversationId);
    const outcome = await deps.announcer.edit({ conversation, activityId: card.activityId, announcement });
    const wait = waitAfter(outcome);
    if (wait !== null) waits.push(wait);
    else await remember(deps, move, { ...card, shownRevision: move.revision });
    if (outcome.kind === "refused") deps.log.warn("The card of a move cannot be edited.", { why: outcome.why });
  }
  // Only a move that waits for somebody is news.
  if (move.state === "pending") waits.push(...(await postMissing(deps, move)));
  return waits.length === 0 ? null : Math.min(...waits);
}

async function postMissing(deps: ShowMoveDeps, move: MoveRequest): Promise<readonly number[]> {
  const waits: number[] = [];
  const shownIn = new Set([move.requestedIn, ...move.cards.map(({ conversationId }) => conversationId)]);
  for (const conversation of await noticePlaces(deps, move.accountId)) {
    if (shownIn.has(conversation.id)) continue;
    const outcome = await deps.announcer.post({ conversation, announcement: announcementOf(move, conversation.id) });
    if (outcome.kind === "wait") {
      waits.push(outcome.milliseconds);
      continue;
    }
    if (outcome.kind !== "shown") {
      deps.log.warn("A move was not shown to the admins of a conversation.", { outcome: outcome.kind });
    }
    const activityId = outcome.kind === "shown" ? outcome.activityId : null;
    await remember(deps, move, { conversationId: conversation.id, activityId, shownRevision: move.revision });
  }
  return waits;
}

/** Writes down which message shows the move, and in which state; idempotent. */
export async function rememberMoveCard(
  deps: Pick<ShowMoveDeps, "moves">,
  input: { moveId: string; card: MoveCard },
): Promise<void> {
  const { card } = input;
  await changeMove(deps, {
    moveId: input.moveId,
    decide: (current): MoveDecision<null> => {
      const others = current.cards.filter(({ conversationId }) => conversationId !== card.conversationId);
      return { store: { move: { ...current, cards: [...others, card] } }, outcome: null };
    },
  });
}

function remember(deps: ShowMoveDeps, move: MoveRequest, card: MoveCard): Promise<void> {
  return rememberMoveCard(deps, { moveId: move.id, card });
}

function announcementOf(move: MoveRequest, conversationId: string): Announcement {
  return { kind: "move", move, forRequester: conversationId === move.requestedIn };
}

function waitAfter(outcome: AnnounceOutcome): number | null {
  switch (outcome.kind) {
    case "wait":
      return outcome.milliseconds;
    case "ambiguous":
      return AMBIGUOUS_PAUSE;
    case "shown":
    case "refused":
      return null;
  }
}
