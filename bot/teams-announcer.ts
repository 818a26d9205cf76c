import { alertCard } from "../cards/alert-card.ts";
import { connectedCard } from "../cards/connected-card.ts";
import { consentCard } from "../cards/consent-card.ts";
import { coverageNoticeWords } from "../cards/coverage-notice-words.ts";
import { moveCard } from "../cards/move-card.ts";
import { noticeCard } from "../cards/notice-card.ts";
import type { RenderedCard } from "../cards/render-card.ts";
import { retiredAlertCard } from "../cards/retired-alert-card.ts";
import { alertRoutes } from "../services/alerts/alert-routes.ts";
import type { Account } from "../services/domain/account.ts";
import { asksAgain } from "../services/domain/consent-journey.ts";
import type { Conversation } from "../services/domain/conversation.ts";
import { MINUTE } from "../services/domain/instant.ts";
import type { PermissionBook } from "../services/domain/permission.ts";
import { effectiveSettings } from "../services/policy/effective-settings.ts";
import type { Announcement, AnnounceOutcome, Announcer } from "../services/ports/announcer.ts";
import type { Log } from "../services/ports/log.ts";
import type { BindingStore, ConversationStore, SettingsStore } from "../services/ports/stores.ts";
import type { ConsentLinks } from "../services/tenants/consent-links.ts";
import { comparePermissions } from "../services/tenants/permission-book.ts";
import { cardMessage } from "./card-message.ts";
import type { ConnectorCall, ConnectorOutcome, Place } from "./teams-connector.ts";
import { editActivity, postActivity } from "./teams-posts.ts";

export interface TeamsAnnouncerDeps {
  readonly call: ConnectorCall;
  readonly botAppId: string;
  readonly accounts: readonly Account[];
  readonly consentLinks: ConsentLinks;
  readonly book: PermissionBook;
  readonly settings: SettingsStore;
  readonly bindings: BindingStore;
  readonly conversations: ConversationStore;
  readonly log: Log;
}

/** Shows announcements as cards in Teams: a new thread in a channel, a message in a chat; one attempt each. */
export function createTeamsAnnouncer(deps: TeamsAnnouncerDeps): Announcer {
  return {
    post: async ({ conversation, announcement }) => {
      const outcome = await postActivity(deps.call, {
        place: placeOf(conversation),
        activity: cardMessage(await render(deps, announcement)),
        newThread: conversation.kind === "channel",
        botId: `28:${deps.botAppId}`,
      });
      if (outcome.kind === "posted") return { kind: "shown", activityId: outcome.id };
      return announced(deps.log, outcome, "post", "");
    },
    edit: async ({ conversation, activityId, announcement }) => {
      const activity = cardMessage(await render(deps, announcement));
      const outcome = await editActivity(deps.call, { place: placeOf(conversation), activityId, activity });
      return announced(deps.log, outcome, "edit", activityId);
    },
  };
}

function announced(log: Log, outcome: ConnectorOutcome, what: "post" | "edit", activityId: string): AnnounceOutcome {
  switch (outcome.kind) {
    case "done":
      return { kind: "shown", activityId };
    case "wait":
    case "ambiguous":
      return outcome;
    case "refused":
      return afterRefusal(log, outcome, what);
  }
}

function afterRefusal(
  log: Log,
  outcome: Extract<ConnectorOutcome, { kind: "refused" }>,
  what: "post" | "edit",
): AnnounceOutcome {
  if (outcome.status === 401) {
    log.error("Teams refuses the bot's own credential.", { code: outcome.code });
    return { kind: "wait", milliseconds: MINUTE };
  }
  if (outcome.status === 403) return { kind: "refused", why: "blocked" };
  if (outcome.status === 404) {
    return {
      kind: "refused",
      why: what === "edit" && outcome.code !== "ConversationNotFound" ? "messageGone" : "conversationGone",
    };
  }
  return { kind: "refused", why: "rejected" };
}

async function render(deps: TeamsAnnouncerDeps, announcement: Announcement): Promise<RenderedCard> {
  switch (announcement.kind) {
    case "alert":
      return alertCard(announcement);
    case "move":
      return moveCard(announcement);
    case "retired":
      return retiredAlertCard(announcement);
    case "coverage":
      return noticeCard(coverageNoticeWords(announcement.notice));
    case "notice":
      return noticeCard(announcement);
    case "consent": {
      const { journey } = announcement;
      const accountName = deps.accounts.find(({ id }) => id === journey.accountId)?.name ?? "";
      const consentUrl = deps.consentLinks.urlOf(journey.id);
      return consentCard({ journey, consentUrl, accountName, permissions: deps.book.permissions });
    }
    case "connected": {
      const { link } = announcement.overview;
      const [account, tenant, routes] = await Promise.all([
        deps.settings.get({ accountId: link.accountId, tenantId: null }),
        deps.settings.get({ accountId: link.accountId, tenantId: link.tenantId }),
        alertRoutes(deps, link),
      ]);
      const { value: on, origin } = effectiveSettings(account.value, tenant.value).autoResolve;
      const { missing, asked } = comparePermissions(deps.book, link.granted.graph, link.granted.defender);
      const postedIn = routes.map(({ conversation }) => nameOf(conversation)).join(", ");
      const { overview, journey } = announcement;
      const consentedAgainAt = asksAgain(journey) ? journey.grantedAt : null;
      return connectedCard({ overview, missing, asked, autoResolve: { on, origin }, postedIn, consentedAgainAt });
    }
  }
}

function nameOf(conversation: Conversation): string {
  return conversation.kind === "personal" ? "this chat" : conversation.name;
}

function placeOf(conversation: Conversation): Place {
  return { accountId: conversation.accountId, conversationId: conversation.id, serviceUrl: conversation.serviceUrl };
}
