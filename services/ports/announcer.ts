import type { AlertRecord } from "../domain/alert-record.ts";
import type { ConsentJourney } from "../domain/consent-journey.ts";
import type { Conversation } from "../domain/conversation.ts";
import type { CoverageNotice } from "../domain/coverage-notice.ts";
import type { MoveRequest } from "../domain/move-request.ts";
import type { RetiredCard } from "../domain/removed-tenant.ts";
import type { TenantOverview } from "../domain/tenant-overview.ts";

/** What is shown, in domain words; the bot renders it as a card. */
export type Announcement =
  | { readonly kind: "alert"; readonly record: AlertRecord; readonly organizationName: string }
  | { readonly kind: "consent"; readonly journey: ConsentJourney }
  | { readonly kind: "connected"; readonly journey: ConsentJourney; readonly overview: TenantOverview }
  /** A tenant's move to another organization; whoever asked for it sees other buttons. */
  | { readonly kind: "move"; readonly move: MoveRequest; readonly forRequester: boolean }
  /** What an alert's card says once its tenant is removed. */
  | { readonly kind: "retired"; readonly card: RetiredCard }
  /** Tenants that are not read as they should be, or are again. */
  | { readonly kind: "coverage"; readonly notice: CoverageNotice }
  /** A sentence or two to the admins: what happened and what to do. */
  | { readonly kind: "notice"; readonly title: string; readonly text: string };

export type AnnounceOutcome =
  | { readonly kind: "shown"; readonly activityId: string }
  /** Not sent: Teams (or our own window before it) asks to wait. */
  | { readonly kind: "wait"; readonly milliseconds: number }
  /** Sent, but no answer came: Teams may or may not show it. */
  | { readonly kind: "ambiguous"; readonly why: string }
  /** Teams will not take it: the bot was removed or blocked, the conversation or the message is gone, or the card is not accepted. */
  | { readonly kind: "refused"; readonly why: "blocked" | "conversationGone" | "messageGone" | "rejected" };

/** Posts and edits in Teams: one attempt each, within Teams' windows, never a retry of its own (reliability.md fact 1). */
export interface Announcer {
  post(input: { conversation: Conversation; announcement: Announcement }): Promise<AnnounceOutcome>;
  edit(input: { conversation: Conversation; activityId: string; announcement: Announcement }): Promise<AnnounceOutcome>;
}
