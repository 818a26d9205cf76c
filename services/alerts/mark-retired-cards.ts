import { DAY, elapsed, MINUTE, shift } from "../domain/instant.ts";
import type { RetiredCard } from "../domain/removed-tenant.ts";
import type { Announcer } from "../ports/announcer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { RemovalStore } from "../ports/removal-store.ts";
import type { ConversationStore } from "../ports/stores.ts";

export interface MarkRetiredCardsDeps {
  readonly removals: RemovalStore;
  readonly conversations: Pick<ConversationStore, "get">;
  readonly announcer: Pick<Announcer, "edit">;
  readonly clock: Clock;
  readonly log: Log;
}

const BATCH = 50;
const AMBIGUOUS_PAUSE = MINUTE;
/** A conversation that does not answer for so long will not any more. */
const GIVEN_UP_AFTER = 7 * DAY;

/**
 * Edits some of a removed tenant's cards to say that it is no longer watched, within Teams' windows: a conversation that
 * asks to wait is left alone for as long, the others go on. Edits are idempotent, so a repeated job does no harm.
 */
export async function markRetiredCards(deps: MarkRetiredCardsDeps, input: { tenantId: string }): Promise<void> {
  const now = deps.clock.now();
  const pauses = new Map<string, number>();
  for (const card of await deps.removals.dueCards({ tenantId: input.tenantId, now, limit: BATCH })) {
    const key = `${card.accountId} ${card.conversationId}`;
    const wait = pauses.get(key) ?? (await markOne(deps, card));
    if (wait === null) continue;
    pauses.set(key, wait);
    if (elapsed(card.removed.removedAt, now) > GIVEN_UP_AFTER) await deps.removals.removeCard(card);
    else await deps.removals.putCard({ ...card, dueAt: shift(now, wait) });
  }
}

/** Gives the milliseconds after which to try again, or null when the card is done with. */
async function markOne(deps: MarkRetiredCardsDeps, card: RetiredCard): Promise<number | null> {
  const conversation = await deps.conversations.get(card.accountId, card.conversationId);
  if (conversation === null) {
    await deps.removals.removeCard(card);
    return null;
  }
  const announcement = { kind: "retired", card } as const;
  const outcome = await deps.announcer.edit({ conversation, activityId: card.activityId, announcement });
  switch (outcome.kind) {
    case "wait":
      return outcome.milliseconds;
    case "ambiguous":
      return AMBIGUOUS_PAUSE;
    case "refused":
      deps.log.warn("The card of a removed tenant cannot be edited.", { tenantId: card.tenantId, why: outcome.why });
      await deps.removals.removeCard(card);
      return null;
    case "shown":
      await deps.removals.removeCard(card);
      return null;
  }
}
