import type { AlertRecord } from "../domain/alert-record.ts";
import type { Delivery } from "../domain/delivery.ts";
import { elapsed, HOUR, type Instant, SECOND, shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { Versioned } from "../ports/stores.ts";
import { alertRoutes } from "./alert-routes.ts";
import { changeRecord } from "./change-record.ts";
import { decideDelivery, POST_AGAIN_AFTER } from "./decide-delivery.ts";
import { type AnnounceDeps, bringUpToDate } from "./deliver-card.ts";

const PAUSED_ROUTE_AGAIN = HOUR;
/** Somebody else delivers this card at the moment: look again soon. */
const BUSY_AGAIN = 5 * SECOND;
/** A post that was begun so recently may still be answered; only then is it one without an answer. */
const POSTING_TAKES = 15 * SECOND;

/**
 * Brings every card of one alert up to date: posts where one is due, edits where one shows an older revision. Cards are
 * rendered from the record as it is now, so changes that come together are one edit. What Teams makes wait stays due in
 * the store.
 */
export async function announceAlert(deps: AnnounceDeps, input: { tenantId: string; alertId: string }): Promise<void> {
  const link = (await deps.links.findByTenant(input.tenantId))?.value ?? null;
  if (link === null) return;
  const scope = { accountId: link.accountId, tenantId: link.tenantId };
  const stored = await deps.alerts.get(scope, input.alertId);
  const now = deps.clock.now();
  const due = stored?.value.nextAnnounceAt ?? null;
  if (stored === null || due === null || due > now) return;
  const record = stored.value;
  const waits: number[] = [];
  for (const target of await targets(deps, link, record)) {
    if (target.paused) {
      waits.push(PAUSED_ROUTE_AGAIN);
      continue;
    }
    if (isBeingPosted(target.delivery?.value ?? null, now)) {
      waits.push(BUSY_AGAIN);
      continue;
    }
    const decision = decideDelivery(record, link, target.delivery?.value ?? null, now);
    if (decision.kind === "skip") {
      if (decision.reason === "noAnswerTwice") {
        deps.log.warn("Teams never answered two posts of one card; it is posted again within the hour.", {
          tenantId: link.tenantId,
          alertId: input.alertId,
        });
        waits.push(POST_AGAIN_AFTER);
      }
      continue;
    }
    const outcome = await bringUpToDate(deps, { link, record, decision, ...target });
    if (outcome.kind === "wait") waits.push(outcome.milliseconds);
    if (outcome.kind === "busy") waits.push(BUSY_AGAIN);
  }
  const again = waits.length === 0 ? null : shift(now, Math.min(...waits));
  await changeRecord(deps, {
    scope,
    alertId: input.alertId,
    // A newer revision is due on its own account.
    change: (current) =>
      current.revision === record.revision ? { record: { ...current, nextAnnounceAt: again } } : null,
  });
}

function isBeingPosted(delivery: Delivery | null, now: Instant): boolean {
  return delivery?.state === "posting" && elapsed(delivery.changedAt, now) < POSTING_TAKES;
}

/** Every conversation that is to show, or shows already, this alert. */
async function targets(deps: AnnounceDeps, link: TenantLink, record: AlertRecord) {
  const deliveries = new Map<string, Versioned<Delivery>>(
    (await deps.deliveries.ofAlert(link, record.alert.id)).map((item) => [item.value.conversationId, item]),
  );
  const routes = (await alertRoutes(deps, link)).map((route) => ({
    ...route,
    delivery: deliveries.get(route.conversation.id) ?? null,
  }));
  const routed = new Set(routes.map((route) => route.conversation.id));
  const others: typeof routes = [];
  for (const [conversationId, delivery] of deliveries) {
    if (routed.has(conversationId)) continue;
    const conversation = await deps.conversations.get(link.accountId, conversationId);
    if (conversation !== null) others.push({ conversation, paused: false, delivery });
  }
  return [...routes, ...others];
}
