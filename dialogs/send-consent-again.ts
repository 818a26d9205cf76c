import { consentCard } from "../cards/consent-card.ts";
import type { ConsentJourney } from "../services/domain/consent-journey.ts";
import { beginConsentAgain } from "../services/tenants/begin-consent-again.ts";
import { rememberConsentCard } from "../services/tenants/remember-consent-card.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { goneTenantWords } from "./gone-tenant.ts";
import { type Reply, type Turn, text } from "./turn.ts";

/** Send consent link again: a card with a link for exactly this tenant. Whoever has the link can use it: for 1:1 chats only. */
export async function sendConsentAgain(
  deps: DialogDeps,
  turn: Turn,
  { tenantId }: { tenantId: string },
): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId };
  const { person: requestedBy, conversation } = turn;
  const outcome = await beginConsentAgain(deps, { scope, requestedBy, conversationId: conversation.id });
  switch (outcome.kind) {
    case "notLinked":
      return text(await goneTenantWords(deps, scope));
    case "underWay":
      return text(
        `${outcome.journey.organizationName}'s tenant has just consented, and what it granted is being checked. The card of the link follows the progress.`,
      );
    case "begun":
      return cardReply(deps, turn, { journey: outcome.journey, former: null });
    case "renewed":
      return cardReply(deps, turn, outcome);
  }
}

/** Below the tenant's card, which stays. */
function cardReply(
  deps: DialogDeps,
  turn: Turn,
  { journey, former }: { journey: ConsentJourney; former: ConsentJourney | null },
): Reply {
  const consentUrl = deps.consentLinks.urlOf(journey.id);
  const { permissions } = deps.book;
  return {
    kind: "card",
    below: true,
    rendered: consentCard({ journey, consentUrl, accountName: turn.account.name, permissions }),
    shown: async (activityId) => {
      await rememberConsentCard(deps, { journeyId: journey.id, activityId });
      if (former !== null) await leadOn(deps, { journey, former });
    },
  };
}

/** The card that followed the link until now says where it goes on. Tried once: left as it is, its buttons work all the same. */
async function leadOn(
  deps: Pick<DialogDeps, "announcer" | "conversations" | "log">,
  { journey, former }: { journey: ConsentJourney; former: ConsentJourney },
): Promise<void> {
  const { cardActivityId: activityId, conversationId } = former;
  const conversation = await deps.conversations.get(journey.accountId, conversationId);
  if (activityId === null || conversation === null) return;
  const where = conversationId === journey.conversationId ? "further down" : `in ${journey.requestedBy.name}'s chat`;
  const outcome = await deps.announcer.edit({
    conversation,
    activityId,
    announcement: {
      kind: "notice",
      title: `Consent again: ${journey.organizationName}`,
      text: `${journey.requestedBy.name} asked for this link again. It stays the same and has another 7 days; its card is ${where} now.`,
    },
  });
  if (outcome.kind !== "shown") deps.log.warn("A former consent card was not edited.", { outcome: outcome.kind });
}
