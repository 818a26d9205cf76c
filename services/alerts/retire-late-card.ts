import type { AlertRecord } from "../domain/alert-record.ts";
import type { Conversation } from "../domain/conversation.ts";
import type { Clock } from "../ports/clock.ts";
import type { RemovalStore } from "../ports/removal-store.ts";

export interface RetireLateCardDeps {
  readonly removals: Pick<RemovalStore, "get" | "putCard">;
  readonly clock: Clock;
}

/** A card went on screen whose tenant was removed while Teams answered: no delivery can be kept of it, so it is retired at once. */
export async function retireLateCard(
  deps: RetireLateCardDeps,
  input: { record: AlertRecord; conversation: Conversation; activityId: string },
): Promise<void> {
  const { record, conversation, activityId } = input;
  const removed = await deps.removals.get(record);
  if (removed === null) return;
  await deps.removals.putCard({
    accountId: record.accountId,
    tenantId: record.tenantId,
    conversationId: conversation.id,
    activityId,
    alertId: record.alert.id,
    title: record.alert.title,
    severity: record.alert.severity,
    removed,
    dueAt: deps.clock.now(),
  });
}
