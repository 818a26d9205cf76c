import type { Instant } from "./instant.ts";

/** One posted card and what it last showed. There is at most one per conversation and alert. */
export interface Delivery {
  readonly accountId: string;
  readonly tenantId: string;
  readonly alertId: string;
  readonly conversationId: string;
  /**
   * due: known not to be on screen. posting: recorded before Teams is called; found again, it is the ambiguity rule's
   * case. posted: on screen. refused: Teams will not take this card; it is not tried again.
   */
  readonly state: "due" | "posting" | "posted" | "refused";
  readonly activityId: string | null;
  /** The alert's revision that the card shows; 0 before the first post. */
  readonly shownRevision: number;
  /** Posts made again because an earlier one was never answered; at most one is. */
  readonly ambiguousPosts: number;
  readonly changedAt: Instant;
}
