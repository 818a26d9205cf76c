import { noticeCard } from "../cards/notice-card.ts";
import { tenantCard } from "../cards/tenant-card.ts";
import { effectiveSettings } from "../services/policy/effective-settings.ts";
import { openConsents } from "../services/tenants/begin-consent-again.ts";
import { consentStage } from "../services/tenants/consent-stage.ts";
import { comparePermissions } from "../services/tenants/permission-book.ts";
import { tenantOverview } from "../services/tenants/tenant-overviews.ts";
import type { DialogDeps } from "./dialog-deps.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** What a click on something that is no longer there is answered with. */
export const NO_LONGER_CONNECTED = "This tenant is no longer connected. `tenants` lists those that are.";

/** One tenant's own card, with what an admin may do with it. */
export async function showTenant(
  deps: Pick<
    DialogDeps,
    | "links"
    | "organizations"
    | "syncs"
    | "alerts"
    | "settings"
    | "book"
    | "ephemeral"
    | "consents"
    | "clock"
    | "intervalMs"
  >,
  turn: Turn,
  input: { tenantId: string; note?: string; warning?: string },
): Promise<Reply> {
  const scope = { accountId: turn.account.id, tenantId: input.tenantId };
  const overview = await tenantOverview(deps, scope);
  if (overview === null) return card(noticeCard({ title: "Not connected", text: NO_LONGER_CONNECTED }));
  const [account, tenant, consents] = await Promise.all([
    deps.settings.get({ accountId: scope.accountId, tenantId: null }),
    deps.settings.get(scope),
    openConsents(deps, scope),
  ]);
  const { missing, asked } = comparePermissions(deps.book, overview.link.granted.graph, overview.link.granted.defender);
  return card(
    tenantCard({
      overview,
      missing,
      asked,
      settings: effectiveSettings(account.value, tenant.value),
      admin: turn.role === "admin",
      note: input.note ?? null,
      warning: input.warning ?? null,
      consent: consents.find((journey) => consentStage(journey, deps.clock.now()) !== "expired") ?? null,
    }),
  );
}
