import type { AlertRecord } from "../domain/alert-record.ts";
import type { Conversation } from "../domain/conversation.ts";
import type { Delivery } from "../domain/delivery.ts";
import { SECOND } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { AnnounceOutcome, Announcer } from "../ports/announcer.ts";
import type { Clock } from "../ports/clock.ts";
import type { DeliveryStore } from "../ports/delivery-store.ts";
import type { Log } from "../ports/log.ts";
import type {
  AlertStore,
  BindingStore,
  ConversationStore,
  LinkStore,
  OrganizationStore,
  Versioned,
} from "../ports/stores.ts";
import type { DeliveryDecision } from "./decide-delivery.ts";
import { pauseRoute } from "./pause-route.ts";
import { type RetireLateCardDeps, retireLateCard } from "./retire-late-card.ts";

export interface AnnounceDeps {
  readonly links: LinkStore;
  readonly alerts: AlertStore;
  readonly deliveries: DeliveryStore;
  readonly bindings: BindingStore;
  readonly conversations: ConversationStore;
  readonly organizations: OrganizationStore;
  readonly removals: RetireLateCardDeps["removals"];
  readonly announcer: Announcer;
  readonly routePaused: Parameters<typeof pauseRoute>[0]["routePaused"];
  readonly clock: Clock;
  readonly log: Log;
}

export type DeliverOutcome =
  | { readonly kind: "upToDate" }
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "busy" };

interface DeliverInput {
  readonly link: TenantLink;
  readonly record: AlertRecord;
  readonly conversation: Conversation;
  readonly delivery: Versioned<Delivery> | null;
  readonly decision: Exclude<DeliveryDecision, { kind: "skip" }>;
}

/** After an answer that did not come, Teams is asked again no sooner than this. */
const AMBIGUOUS_AGAIN = 15 * SECOND;

/** Posts or edits one card and records what is on screen then; "posting" is recorded before Teams is called (R4). */
export async function bringUpToDate(deps: AnnounceDeps, input: DeliverInput): Promise<DeliverOutcome> {
  const { link, record, conversation, decision } = input;
  const now = deps.clock.now();
  const before = input.delivery?.value ?? null;
  const organization = await deps.organizations.get(link.accountId, link.organizationId);
  const announcement = { kind: "alert", record, organizationName: organization?.name ?? link.tenantName } as const;
  let etag = input.delivery?.etag ?? null;
  const put = async (state: Delivery["state"], shown: Partial<Delivery> = {}) => {
    const delivery: Delivery = {
      accountId: link.accountId,
      tenantId: link.tenantId,
      alertId: record.alert.id,
      conversationId: conversation.id,
      activityId: before?.activityId ?? null,
      shownRevision: before?.shownRevision ?? 0,
      ambiguousPosts: before?.ambiguousPosts ?? 0,
      ...shown,
      state,
      changedAt: now,
    };
    const outcome = await deps.deliveries.put({ delivery, etag });
    if (outcome.kind === "stored") etag = outcome.etag;
    return outcome.kind === "stored";
  };

  if (decision.kind === "edit") {
    const outcome = await deps.announcer.edit({ conversation, activityId: decision.activityId, announcement });
    return await recordOutcome(deps, input, outcome, put);
  }
  const ambiguousPosts = (before?.ambiguousPosts ?? 0) + (decision.reason === "noAnswerBefore" ? 1 : 0);
  if (!(await put("posting", { ambiguousPosts, activityId: null }))) return { kind: "busy" };
  const outcome = await deps.announcer.post({ conversation, announcement });
  return await recordOutcome(deps, input, outcome, (state, shown) => put(state, { ambiguousPosts, ...shown }));
}

async function recordOutcome(
  deps: AnnounceDeps,
  input: DeliverInput,
  outcome: AnnounceOutcome,
  put: (state: Delivery["state"], shown?: Partial<Delivery>) => Promise<boolean>,
): Promise<DeliverOutcome> {
  const posting = input.decision.kind === "post";
  switch (outcome.kind) {
    case "shown":
      if (!(await put("posted", { activityId: outcome.activityId, shownRevision: input.record.revision })))
        await retireLateCard(deps, { ...input, activityId: outcome.activityId });
      return { kind: "upToDate" };
    case "wait":
      // Teams did not take it, so nothing is on screen: that is no ambiguous post.
      if (posting) {
        const before = input.delivery?.value;
        // The earlier post that was never answered stays just that, so that it is repeated once at most.
        const state = before?.state === "posting" ? "posting" : "due";
        await put(state, { ambiguousPosts: before?.ambiguousPosts ?? 0 });
      }
      return outcome;
    case "ambiguous":
      deps.log.warn("Teams did not answer for a card.", {
        tenantId: input.link.tenantId,
        post: posting,
        why: outcome.why,
      });
      return { kind: "wait", milliseconds: AMBIGUOUS_AGAIN };
    case "refused":
      return await afterRefusal(deps, input, outcome.why, put);
  }
}

async function afterRefusal(
  deps: AnnounceDeps,
  input: DeliverInput,
  why: Extract<AnnounceOutcome, { kind: "refused" }>["why"],
  put: (state: Delivery["state"], shown?: Partial<Delivery>) => Promise<boolean>,
): Promise<DeliverOutcome> {
  switch (why) {
    case "messageGone":
      await put("due", { activityId: null });
      return { kind: "wait", milliseconds: 0 };
    case "blocked":
    case "conversationGone":
      await put(input.decision.kind === "post" ? "due" : "posted");
      await pauseRoute(deps, { conversation: input.conversation, why });
      return { kind: "wait", milliseconds: 60 * 60 * SECOND };
    case "rejected":
      deps.log.error("Teams refuses the card of an alert.", {
        tenantId: input.link.tenantId,
        alertId: input.record.alert.id,
      });
      await put("refused");
      return { kind: "upToDate" };
  }
}
