import type { ConsentJourney, ConsentState } from "../domain/consent-journey.ts";
import { DAY, SECOND, shift } from "../domain/instant.ts";
import type { Announcement, Announcer } from "../ports/announcer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { ConversationStore, EphemeralStore } from "../ports/stores.ts";
import { type TenantOverviewDeps, tenantOverview } from "./tenant-overviews.ts";

export interface ShowJourneyDeps extends TenantOverviewDeps {
  readonly announcer: Announcer;
  readonly conversations: Pick<ConversationStore, "get">;
  readonly ephemeral: Pick<EphemeralStore, "get" | "put">;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ShownJourney {
  /** The card's message; null: there is none. */
  readonly activityId: string | null;
  /** Milliseconds after which it is to be tried again; null: it is right, or cannot be shown at all. */
  readonly wait: number | null;
}

/** After a call without an answer. */
const AMBIGUOUS_PAUSE = 30 * SECOND;

/** States that are news to whoever asked for a link of many: before them such a journey has no card, so that a list floods no chat. */
const NEWS: ReadonlySet<ConsentState> = new Set<ConsentState>([
  "declined",
  "wrongTenant",
  "notAdmin",
  "refused",
  "awaitingConfirmation",
  "connected",
  "failed",
]);

/**
 * Brings a journey's card up to date; where it has none yet, one is posted as soon as there is news. What Teams does never
 * holds a journey back.
 */
export async function showJourney(deps: ShowJourneyDeps, journey: ConsentJourney): Promise<ShownJourney> {
  const { cardActivityId } = journey;
  const conversation = await deps.conversations.get(journey.accountId, journey.conversationId);
  if (conversation === null) return { activityId: cardActivityId, wait: null };
  if (cardActivityId === null && !isNews(journey)) return { activityId: null, wait: null };
  const announcement = await announcementOf(deps, journey);
  const outcome =
    cardActivityId === null
      ? await deps.announcer.post({ conversation, announcement })
      : await deps.announcer.edit({ conversation, activityId: cardActivityId, announcement });
  switch (outcome.kind) {
    case "shown":
      return { activityId: cardActivityId ?? outcome.activityId, wait: null };
    case "wait":
      return { activityId: cardActivityId, wait: outcome.milliseconds };
    case "ambiguous": {
      const again = cardActivityId !== null || (await isFirstPost(deps, journey));
      return { activityId: cardActivityId, wait: again ? AMBIGUOUS_PAUSE : null };
    }
    case "refused":
      deps.log.warn("A consent card cannot be shown.", { journeyId: journey.id, why: outcome.why });
      return { activityId: cardActivityId, wait: null };
  }
}

/** Granted and checking pass in moments; a sentence says that they do not. */
function isNews({ state, explanation }: ConsentJourney): boolean {
  return NEWS.has(state) || ((state === "granted" || state === "checking") && explanation !== null);
}

/** A post has no key by which Teams would know it again: without an answer it is made once more in each state, then no more. */
async function isFirstPost(deps: ShowJourneyDeps, { id, state }: ConsentJourney): Promise<boolean> {
  const key = `consent-card:${id}:${state}`;
  const endsAt = shift(deps.clock.now(), DAY);
  return (await deps.ephemeral.put({ key, value: "true", etag: null, endsAt })) === "stored";
}

async function announcementOf(deps: ShowJourneyDeps, journey: ConsentJourney): Promise<Announcement> {
  if (journey.state !== "connected" || journey.tenant === null) return { kind: "consent", journey };
  const overview = await tenantOverview(deps, { accountId: journey.accountId, tenantId: journey.tenant.id });
  return overview === null ? { kind: "consent", journey } : { kind: "connected", journey, overview };
}
