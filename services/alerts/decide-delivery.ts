import type { AlertRecord } from "../domain/alert-record.ts";
import type { Delivery } from "../domain/delivery.ts";
import { elapsed, HOUR, type Instant } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";

export type DeliveryDecision =
  | {
      readonly kind: "post";
      readonly reason: "newAlert" | "olderAlertChanged" | "messageWasGone" | "noAnswerBefore" | "noAnswerForLong";
    }
  | { readonly kind: "edit"; readonly reason: "cardIsOutOfDate"; readonly activityId: string }
  | {
      readonly kind: "skip";
      readonly reason:
        | "cardIsUpToDate"
        | "olderAndUntouched"
        | "olderAndResolved"
        | "refusedBefore"
        | "noAnswerTwice"
        | "notSettled";
    };

/** Posts made again at once for one that was never answered (R4). */
const POSTS_AGAIN = 1;
/** After two without an answer Teams itself is away: the alert is not lost for that, it is posted again when so much has passed. */
export const POST_AGAIN_AFTER = HOUR;

/** What one conversation needs, so that it shows the alert as we know it: pure, with the reason that the log gives. */
export function decideDelivery(
  record: AlertRecord,
  link: TenantLink,
  delivery: Delivery | null,
  now: Instant,
): DeliveryDecision {
  if (delivery === null) return decideFirstPost(record, link);
  switch (delivery.state) {
    case "refused":
      return { kind: "skip", reason: "refusedBefore" };
    case "due":
      return { kind: "post", reason: delivery.shownRevision > 0 ? "messageWasGone" : "newAlert" };
    case "posting":
      if (delivery.ambiguousPosts < POSTS_AGAIN) return { kind: "post", reason: "noAnswerBefore" };
      return elapsed(delivery.changedAt, now) < POST_AGAIN_AFTER
        ? { kind: "skip", reason: "noAnswerTwice" }
        : { kind: "post", reason: "noAnswerForLong" };
    case "posted":
      if (delivery.activityId === null || delivery.shownRevision >= record.revision) {
        return { kind: "skip", reason: "cardIsUpToDate" };
      }
      return { kind: "edit", reason: "cardIsOutOfDate", activityId: delivery.activityId };
  }
}

function decideFirstPost(record: AlertRecord, link: TenantLink): DeliveryDecision {
  // A first card shows the final state, or that auto-resolve is pending; never an alert that nobody decided about yet.
  if (record.autoResolve.kind === "undecided") return { kind: "skip", reason: "notSettled" };
  const older = record.baseline || record.alert.createdAt < link.linkedAt;
  if (!older) return { kind: "post", reason: "newAlert" };
  if (record.alert.status === "resolved") return { kind: "skip", reason: "olderAndResolved" };
  const changed = !record.baseline || record.revision > 1;
  return changed ? { kind: "post", reason: "olderAlertChanged" } : { kind: "skip", reason: "olderAndUntouched" };
}
