import { alertCard } from "../cards/alert-card.ts";
import type { CardAction } from "../cards/card-action.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { goneTenantWords } from "../dialogs/gone-tenant.ts";
import { organizationNameOf } from "../dialogs/show-alerts.ts";
import { card, type Reply, type Turn, text } from "../dialogs/turn.ts";
import { type ActOutcome, claimAlert, reopenAlert } from "../services/alerts/act-on-alert.ts";
import type { TenantScope } from "../services/ports/stores.ts";

type AlertClick = Extract<CardAction, { verb: "alert.claim" | "alert.reopen" | "alert.show" }>;

const GONE =
  "Watchdesk no longer knows this alert: its tenant is not connected any more, or the alert is past the retention time.";

/** The card outlived its alert: its tenant was removed, then by whom and when, or its time was over. */
async function gone(deps: DialogDeps, scope: TenantScope): Promise<Reply> {
  return text((await deps.removals.get(scope)) === null ? GONE : await goneTenantWords(deps, scope));
}

/** A click on an alert's card: acts in Defender, then shows the alert as it is now; every other copy of the card follows. */
export async function answerAlertClick(deps: DialogDeps, turn: Turn, click: AlertClick): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId: click.tenantId };
  const input = { scope, alertId: click.alertId, by: turn.person, where: turn.conversation.id };
  switch (click.verb) {
    case "alert.show": {
      const record = (await deps.alerts.get(scope, click.alertId))?.value;
      return record === undefined
        ? await gone(deps, scope)
        : card(alertCard({ record, organizationName: await organizationNameOf(deps, record) }));
    }
    case "alert.claim":
      return await shown(deps, scope, await claimAlert(deps, input));
    case "alert.reopen":
      return await shown(deps, scope, await reopenAlert(deps, input));
  }
}

async function shown(deps: DialogDeps, scope: TenantScope, outcome: ActOutcome): Promise<Reply> {
  switch (outcome.kind) {
    case "unknownAlert":
      return await gone(deps, scope);
    case "failed":
      return text(outcome.note);
    case "done":
    case "alreadySo": {
      const { record } = outcome;
      return card(alertCard({ record, organizationName: await organizationNameOf(deps, record) }));
    }
  }
}
