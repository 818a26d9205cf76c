import type { ConsentJourney } from "../domain/consent-journey.ts";
import { SECOND } from "../domain/instant.ts";
import type { Announcement, Announcer } from "../ports/announcer.ts";
import type { Log } from "../ports/log.ts";
import type { ConversationStore } from "../ports/stores.ts";
import { type TenantOverviewDeps, tenantOverview } from "./tenant-overviews.ts";

export interface ShowJourneyDeps extends TenantOverviewDeps {
  readonly announcer: Pick<Announcer, "edit">;
  readonly conversations: Pick<ConversationStore, "get">;
  readonly log: Log;
}

/** After an edit without an answer: edits are idempotent, so the same one is made again. */
const AMBIGUOUS_PAUSE = 30 * SECOND;

/**
 * Brings a journey's card up to date. Gives the milliseconds after which it is to be tried again, or null when the card is
 * right or cannot be edited at all: what Teams does never holds a journey back.
 */
export async function showJourney(deps: ShowJourneyDeps, journey: ConsentJourney): Promise<number | null> {
  const conversation = await deps.conversations.get(journey.accountId, journey.conversationId);
  if (conversation === null || journey.cardActivityId === null) return null;
  const announcement = await announcementOf(deps, journey);
  const outcome = await deps.announcer.edit({ conversation, activityId: journey.cardActivityId, announcement });
  switch (outcome.kind) {
    case "shown":
      return null;
    case "wait":
      return outcome.milliseconds;
    case "ambiguous":
      return AMBIGUOUS_PAUSE;
    case "refused":
      deps.log.warn("A consent card cannot be edited.", { journeyId: journey.id, why: outcome.why });
      return null;
  }
}

async function announcementOf(deps: ShowJourneyDeps, journey: ConsentJourney): Promise<Announcement> {
  if (journey.state !== "connected" || journey.tenant === null) return { kind: "consent", journey };
  const overview = await tenantOverview(deps, { accountId: journey.accountId, tenantId: journey.tenant.id });
  return overview === null ? { kind: "consent", journey } : { kind: "connected", journey, overview };
}
