import type { CardAction } from "../cards/card-action.ts";
import { consentCard } from "../cards/consent-card.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { goneTenantWords } from "../dialogs/gone-tenant.ts";
import { type Reply, type Turn, text } from "../dialogs/turn.ts";
import type { ConsentJourney } from "../services/domain/consent-journey.ts";
import { cancelJourney, confirmTenant, rejectTenant, renewLink } from "../services/tenants/decide-in-chat.ts";

export type ConsentClick = Extract<CardAction, { verb: `consent.${string}` }>;

/** A decision about a connection under way; the card shows what became of it. */
export async function answerConsentClick(deps: DialogDeps, turn: Turn, click: ConsentClick): Promise<Reply> {
  const input = {
    accountId: turn.account.id,
    journeyId: click.journeyId,
    by: turn.person,
    where: turn.conversation.id,
  };
  const outcome = await decide(deps, input, click);
  switch (outcome.kind) {
    case "missing":
      return text("Watchdesk no longer knows this connection. Say `connect tenant` to begin again.");
    case "tenantGone":
      return text(await goneTenantWords(deps, { accountId: turn.account.id, tenantId: outcome.tenantId }));
    case "replaced":
      return text("A newer link for this organization is open. Use that one; its card is further down.");
    case "organizationHasTenant":
      return text(`This organization is connected to ${outcome.tenantName} meanwhile.`);
    case "confirmed":
    case "rejected":
    case "cancelled":
    case "renewed":
    case "notNow":
      return journeyReply(deps, turn, outcome.journey);
  }
}

async function decide(deps: DialogDeps, input: Parameters<typeof cancelJourney>[1], click: ConsentClick) {
  switch (click.verb) {
    case "consent.confirm":
      return await confirmTenant(deps, { ...input, tenantId: click.tenantId });
    case "consent.reject":
      return await rejectTenant(deps, input);
    case "consent.cancel":
      return await cancelJourney(deps, input);
    case "consent.renew":
      return await renewLink(deps, input);
  }
}

function journeyReply(deps: DialogDeps, turn: Turn, journey: ConsentJourney): Reply {
  return {
    kind: "card",
    everyone: true,
    rendered: consentCard({
      journey,
      consentUrl: deps.consentLinks.urlOf(journey.id),
      accountName: turn.account.name,
      permissions: deps.book.permissions,
    }),
  };
}
