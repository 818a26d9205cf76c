import type { AlertRecord } from "../../domain/alert-record.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { DAY, elapsed, type Instant, SECOND } from "../../domain/instant.ts";
import { alertSearchText } from "../../domain/search-text.ts";
import { type Item, itemId, keyText } from "./cosmos-item.ts";

/** How long alerts are kept after they last changed, and the time it is now. */
export interface Retention {
  readonly now: Instant;
  readonly milliseconds: number;
}

/** The purge is hourly and takes deliveries along; Cosmos' own expiry is the net below it. */
const ALERT_GRACE = DAY;
/** A card outlives its alert's expiry: an alert that goes on changing must find it. */
const DELIVERY_GRACE = 31 * DAY;
/** What would be found by in a hostile alert: as much as somebody would look for. */
const SEARCH_PARTS = 4;

export function alertId(id: string): string {
  return itemId("alert", id);
}

export function alertItem(record: AlertRecord, retention: Retention): Item<AlertRecord> {
  const { accountId, tenantId, alert } = record;
  return {
    id: alertId(alert.id),
    kind: "alert",
    keys: {
      accountId,
      tenantId,
      alertId: keyText(alert.id),
      order: `${alert.createdAt}|${keyText(alert.id)}`,
      createdAt: alert.createdAt,
      updatedAt: alert.updatedAt,
      status: alert.status,
      severity: alert.severity,
      baseline: record.baseline,
      settleAt: record.nextSettleAt,
      announceAt: record.nextAnnounceAt,
      search: searchKey(alertSearchText(alert)),
    },
    value: record,
    ttl: secondsLeft(alert.updatedAt, retention, ALERT_GRACE),
  };
}

function deliveryId(alert: string, conversationId: string): string {
  return itemId("delivery", alert, conversationId);
}

export function deliveryItem(delivery: Delivery, retention: Retention): Item<Delivery> {
  const { alertId: alert, conversationId, state } = delivery;
  return {
    id: deliveryId(alert, conversationId),
    kind: "delivery",
    keys: {
      alertId: keyText(alert),
      conversationId: keyText(conversationId),
      order: `${keyText(alert)}\u0001${keyText(conversationId)}`,
      state,
    },
    value: delivery,
    ttl: secondsLeft(retention.now, retention, DELIVERY_GRACE),
  };
}

/** Whole seconds from now on, a day at least: an old alert that has just been read is not gone at once. */
function secondsLeft(changedAt: Instant, { now, milliseconds }: Retention, grace: number): number {
  const left = milliseconds + grace - elapsed(changedAt, now);
  return Math.ceil(Math.max(left, DAY) / SECOND);
}

function searchKey(text: string): string {
  return text.slice(0, SEARCH_PARTS * 500).toWellFormed();
}
