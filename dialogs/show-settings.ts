import { noticeCard } from "../cards/notice-card.ts";
import { settingsCard } from "../cards/settings-card.ts";
import { effectiveSettings } from "../services/policy/effective-settings.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { RemovalStore } from "../services/ports/removal-store.ts";
import type { LinkStore, OrganizationStore, SettingsStore } from "../services/ports/stores.ts";
import { goneTenantWords } from "./gone-tenant.ts";
import { card, type Reply, type Turn } from "./turn.ts";

/** The account's settings (tenantId null) or one tenant's, with controls for admins. `saved` says what was just changed. */
export async function showSettings(
  deps: {
    settings: SettingsStore;
    links: LinkStore;
    organizations: OrganizationStore;
    removals: Pick<RemovalStore, "get">;
    clock: Clock;
  },
  turn: Turn,
  input: { tenantId: string | null; saved?: string; problem?: string },
): Promise<Reply> {
  const accountId = turn.account.id;
  const account = await deps.settings.get({ accountId, tenantId: null });
  const shared = {
    editable: turn.role === "admin",
    saved: input.saved ?? null,
    problem: input.problem ?? null,
    now: deps.clock.now(),
  };
  if (input.tenantId === null) {
    const effective = effectiveSettings(account.value, {});
    return card(
      settingsCard({
        ...shared,
        title: `Settings for ${turn.account.name}`,
        level: "account",
        organizationName: null,
        tenantId: null,
        effective,
        own: account.value,
      }),
    );
  }
  const link = (await deps.links.get({ accountId, tenantId: input.tenantId }))?.value;
  if (link === undefined)
    return card(
      noticeCard({
        title: "Not connected",
        text: await goneTenantWords(deps, { accountId, tenantId: input.tenantId }),
      }),
    );
  const [tenant, organization] = await Promise.all([
    deps.settings.get({ accountId, tenantId: link.tenantId }),
    deps.organizations.get(accountId, link.organizationId),
  ]);
  const organizationName = organization?.name ?? link.tenantName;
  return card(
    settingsCard({
      ...shared,
      title: `Settings for ${organizationName}`,
      level: "tenant",
      organizationName,
      tenantId: link.tenantId,
      effective: effectiveSettings(account.value, tenant.value),
      own: tenant.value,
    }),
  );
}
