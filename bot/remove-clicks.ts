import { removeTenantCard } from "../cards/remove-tenant-card.ts";
import { removedTenantCard } from "../cards/removed-tenant-card.ts";
import { datedTimeWords } from "../cards/time-words.ts";
import type { DialogDeps } from "../dialogs/dialog-deps.ts";
import { goneTenantWords } from "../dialogs/gone-tenant.ts";
import { card, type Reply, type Turn, text } from "../dialogs/turn.ts";
import type { TenantOverview } from "../services/domain/tenant-overview.ts";
import { createDownload } from "../services/exports/create-download.ts";
import { removeLink } from "../services/tenants/remove-link.ts";

/** What goes with the tenant, and whether that is meant; with a download when its export was asked for. */
export async function askRemoval(
  deps: DialogDeps,
  overview: TenantOverview,
  extra: Partial<Pick<Parameters<typeof removeTenantCard>[0], "download" | "problem">> = {},
): Promise<Reply> {
  const { link, organizationName, counts } = overview;
  const [cards, own] = await Promise.all([deps.deliveries.countShown(link), deps.settings.get(link)]);
  const things = { alerts: counts.total, cards, settings: Object.keys(own.value).length };
  return card(removeTenantCard({ download: null, problem: null, ...extra, ...link, organizationName, things }));
}

/** A link to the tenant's alerts and history as JSON, on the card that asks about the removal. */
export async function exportBeforeRemoval(deps: DialogDeps, turn: Turn, overview: TenantOverview): Promise<Reply> {
  const { accountId, tenantId } = overview.link;
  // A client that answers clicks for everybody would show the link to everybody.
  if (turn.conversation.kind !== "personal") {
    return text("The export is a link that works for whoever has it. Open this tenant in our 1:1 chat with `tenants`.");
  }
  const download = await createDownload(deps, {
    accountId,
    tenantId,
    request: { kind: "tenant-json", tenantId, organizationName: overview.organizationName },
    by: turn.person,
    where: turn.conversation.id,
  });
  return await askRemoval(deps, overview, { download });
}

/**
 * Removes the tenant as it was shown; the second of two admins is told who was first and when, and an old card's button asks
 * anew about a link that was made or moved since.
 */
export async function removeTenant(
  deps: DialogDeps,
  turn: Turn,
  overview: TenantOverview,
  shown: { readonly organizationId: string | null; readonly linkedAt: string | null },
): Promise<Reply> {
  const { link } = overview;
  if (link.linkedAt !== shown.linkedAt || link.organizationId !== shown.organizationId) {
    const problem =
      link.linkedAt === shown.linkedAt
        ? `This tenant was moved to ${overview.organizationName} after this card was made. Nothing was removed; look again.`
        : `This tenant was connected anew by ${link.linkedBy.name}, ${datedTimeWords(link.linkedAt)}, after this card was made. Nothing was removed; look again.`;
    return await askRemoval(deps, overview, { problem });
  }
  const scope = { accountId: turn.account.id, tenantId: link.tenantId };
  const outcome = await removeLink(deps, { scope, by: turn.person, where: turn.conversation.id });
  switch (outcome.kind) {
    case "missing":
      return text(await goneTenantWords(deps, scope));
    case "conflict":
      return text("This tenant is being changed at the moment. Nothing was removed; try again.");
    case "removed":
      return {
        kind: "card",
        everyone: true,
        rendered: removedTenantCard({ removed: outcome.removed, appId: deps.defenderAppId, cards: outcome.cards }),
      };
  }
}
