import type { CardAction } from "../cards/card-action.ts";
import { confirmCard } from "../cards/confirm-card.ts";
import { noticeCard } from "../cards/notice-card.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { showAlerts } from "../dialogs/show-alerts.ts";
import { NO_LONGER_CONNECTED, showTenant } from "../dialogs/show-tenant.ts";
import { readSoon } from "../dialogs/sync-now.ts";
import { card, type Reply, type Turn, text } from "../dialogs/turn.ts";
import { orderOlderAlerts } from "../services/alerts/older-alerts.ts";
import { removeLink } from "../services/tenants/remove-link.ts";
import { tenantOverview } from "../services/tenants/tenant-overviews.ts";

export type TenantClick = Extract<CardAction, { verb: `tenant.${string}` | `older.${string}` }>;

/** A click on a tenant's card, or on the "older open alerts" of the connected card. */
export async function answerTenantClick(deps: DialogDeps, turn: Turn, click: TenantClick): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId: click.tenantId };
  const overview = await tenantOverview(deps, scope);
  if (overview === null) return text(NO_LONGER_CONNECTED);
  const { link, organizationName, counts } = overview;
  switch (click.verb) {
    case "tenant.open":
      return await showTenant(deps, turn, click);
    case "tenant.sync":
      await readSoon(deps, link);
      return await showTenant(deps, turn, { tenantId: link.tenantId, note: "Reading its alerts now." });
    case "tenant.remove":
      return card(
        confirmCard({
          title: `Remove ${organizationName}'s tenant?`,
          text: `Watchdesk stops reading ${link.tenantName} (${link.tenantDomain}) and forgets its ${counts.total} alerts and its settings. Nothing changes in Defender. To take back the consent as well, the customer deletes the enterprise application in their tenant.`,
          confirmTitle: "Remove",
          confirm: { verb: "tenant.removeConfirmed", tenantId: link.tenantId },
          cancel: { verb: "tenant.open", tenantId: link.tenantId },
        }),
      );
    case "tenant.removeConfirmed":
      return await remove(deps, turn, click.tenantId, organizationName);
    case "older.review":
      return below(await showAlerts(deps, turn, { filter: `${organizationName} older open`, offset: 0 }));
    case "older.resolveAll":
      return card(
        confirmCard({
          title: `Resolve ${counts.olderOpen} older alerts?`,
          text: `They were open in ${organizationName}'s Defender before the connection. Each is resolved there with a comment that names you. Newer alerts are not touched.`,
          confirmTitle: "Resolve all",
          confirm: { verb: "older.resolveAllConfirmed", tenantId: link.tenantId },
          cancel: { verb: "tenant.open", tenantId: link.tenantId },
        }),
      );
    case "older.resolveAllConfirmed": {
      const ordered = await orderOlderAlerts(deps, { scope, by: turn.person });
      const what = ordered === 1 ? "1 older alert is" : `${ordered} older alerts are`;
      return card(
        noticeCard({
          title: `${organizationName}: ${what} being resolved`,
          text: "Defender takes about 70 a minute. `tenants` shows how many are left.",
        }),
      );
    }
  }
}

/** The card that was clicked says more than the list: it stays. */
function below(reply: Reply): Reply {
  return reply.kind === "card" ? { ...reply, below: true } : reply;
}

async function remove(deps: DialogDeps, turn: Turn, tenantId: string, organizationName: string): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId };
  const outcome = await removeLink(deps, { scope, by: turn.person, where: turn.conversation.id });
  switch (outcome.kind) {
    case "missing":
      return text(NO_LONGER_CONNECTED);
    case "conflict":
      return text("Somebody else changed this tenant at the same moment. Nothing was removed; look again.");
    case "removed":
      return card(
        noticeCard({
          title: `${organizationName}'s tenant is removed`,
          text: `${outcome.tenantName} is no longer watched. The customer can delete the enterprise application in their tenant to take back the consent.`,
        }),
      );
  }
}
