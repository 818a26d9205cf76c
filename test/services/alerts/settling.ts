import { settleAlert } from "../../../services/alerts/settle-alert.ts";
import { ROBIN, START } from "../../contract/store/store-samples.ts";
import type { AlertWorld } from "./alert-world.ts";

/** A person claims it in our store, as a click does before Defender is asked. */
export async function claim(world: AlertWorld, alertId: string): Promise<void> {
  const made = { by: ROBIN, at: START, inDefender: false };
  await world.rewrite(alertId, (record) => ({ ...record, claim: made, revision: record.revision + 1 }));
}

/** The comments that the alert has in Defender. */
export function commentsOf(world: AlertWorld, alertId: string): string[] {
  return world.source.alerts.get(alertId)?.comments.map(({ text }) => text) ?? [];
}

/** Settles whenever the alert is due, as the tick does, until it is at rest. */
export async function settleUntilAtRest(world: AlertWorld, alertId: string): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    const { nextSettleAt } = await world.read(alertId);
    if (nextSettleAt === null) return;
    world.clock.advance(Math.max(0, Date.parse(nextSettleAt) - Date.parse(world.clock.now())));
    await settleAlert(world.deps, { tenantId: world.scope.tenantId, alertId });
  }
  throw new Error("The alert does not come to rest.");
}
