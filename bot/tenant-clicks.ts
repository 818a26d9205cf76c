import type { CardAction } from "../cards/card-action.ts";
import { confirmCard } from "../cards/confirm-card.ts";
import { noticeCard } from "../cards/notice-card.ts";
import { datedTimeWords } from "../cards/time-words.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { goneTenantWords } from "../dialogs/gone-tenant.ts";
import { showAlerts } from "../dialogs/show-alerts.ts";
import { showTenant } from "../dialogs/show-tenant.ts";
import { readSoon } from "../dialogs/sync-now.ts";
import { card, type Reply, type Turn, text } from "../dialogs/turn.ts";
import { orderOlderAlerts } from "../services/alerts/older-alerts.ts";
import type { TenantScope } from "../services/ports/stores.ts";
import { pauseTenant, resumeTenant } from "../services/tenants/pause-tenant.ts";
import { recheckPermissions } from "../services/tenants/recheck-permissions.ts";
import { grantedCount } from "../services/tenants/store-check.ts";
import { tenantOverview } from "../services/tenants/tenant-overviews.ts";
import { askRemoval, exportBeforeRemoval, removeTenant } from "./remove-clicks.ts";

type TenantAction = Extract<CardAction, { verb: `tenant.${string}` | `older.${string}` }>;
/** A consent link is sent in 1:1 alone, which the caller sees to. */
export type TenantClick = Exclude<TenantAction, { verb: "tenant.consentAgain" }>;

/** A click on a tenant's card, or on the "older open alerts" of the connected card. */
export async function answerTenantClick(deps: DialogDeps, turn: Turn, click: TenantClick): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId: click.tenantId };
  const overview = await tenantOverview(deps, scope);
  if (overview === null) return text(await goneTenantWords(deps, scope));
  const { link, organizationName, counts } = overview;
  switch (click.verb) {
    case "tenant.open":
      return await showTenant(deps, turn, click);
    case "tenant.sync":
      await readSoon(deps, link);
      return await showTenant(deps, turn, { tenantId: link.tenantId, note: "Reading its alerts now." });
    case "tenant.check":
      return await checkNow(deps, turn, click.tenantId);
    case "tenant.pause":
      return await pauseOrResume(deps, turn, { tenantId: click.tenantId, pauses: true });
    case "tenant.resume":
      return await pauseOrResume(deps, turn, { tenantId: click.tenantId, pauses: false });
    case "tenant.remove":
      return await askRemoval(deps, overview);
    case "tenant.export":
      return await exportBeforeRemoval(deps, turn, overview);
    case "tenant.removeConfirmed":
      return await removeTenant(deps, turn, overview, click);
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

async function pauseOrResume(
  deps: DialogDeps,
  turn: Turn,
  { tenantId, pauses }: { tenantId: string; pauses: boolean },
): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId };
  const input = { scope, by: turn.person, where: turn.conversation.id };
  const outcome = await (pauses ? pauseTenant(deps, input) : resumeTenant(deps, input));
  switch (outcome.kind) {
    case "missing":
      return text(await goneTenantWords(deps, scope));
    case "conflict":
      return text("Somebody else changed this tenant at the same moment. Nothing was changed; look again.");
    case "alreadySo":
      return await showTenant(deps, turn, { tenantId, warning: await whoWasFirst(deps, scope, pauses) });
    case "changed":
      return await showTenant(deps, turn, {
        tenantId,
        note: pauses
          ? "Paused: its alerts are not read until somebody resumes it."
          : "Resumed: its alerts are read now.",
      });
  }
}

/** Who paused or resumed the tenant, so that the second of two admins knows. */
async function whoWasFirst(deps: DialogDeps, scope: TenantScope, pauses: boolean): Promise<string> {
  const verb = pauses ? "tenant.pause" : "tenant.resume";
  const [row] = await deps.audit.list({ ...scope, verb, limit: 1 });
  const done = pauses ? "paused" : "resumed";
  if (row === undefined || row.actor.kind !== "person") return `It is ${done} already. Nothing was changed.`;
  return `${row.actor.name} ${done} it ${datedTimeWords(row.at)}. Nothing was changed.`;
}

async function checkNow(deps: DialogDeps, turn: Turn, tenantId: string): Promise<Reply> {
  const by = { person: turn.person, where: turn.conversation.id };
  const outcome = await recheckPermissions(deps, { tenantId, by });
  switch (outcome.kind) {
    case "gone":
      return text(await goneTenantWords(deps, { accountId: turn.account.id, tenantId }));
    case "checked":
      return await showTenant(deps, turn, {
        tenantId,
        note: `Permissions checked: ${grantedCount(outcome.check)} granted.`,
      });
    case "failed": {
      const code = outcome.breakdown.detail === null ? "" : ` (${outcome.breakdown.detail})`;
      return await showTenant(deps, turn, {
        tenantId,
        warning: `The permissions could not be checked: ${outcome.breakdown.message}${code}`,
      });
    }
  }
}
