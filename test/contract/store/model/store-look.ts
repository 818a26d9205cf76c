import { verifyAudit } from "../../../../services/audit/verify-audit.ts";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import { organizationKey } from "../../../../services/domain/organization.ts";
import type { Stores } from "../../../../services/ports/all-stores.ts";
import { ACCOUNTS, ALERTS, LATER, SCOPES, TENANTS } from "./model-world.ts";
import { keyOf, linkOf, type StoreState } from "./store-state.ts";

const ALL = { offset: 0, limit: 200 };

/** All that the ports show while nobody writes. */
export async function lookAt(stores: Stores) {
  const { organizations, links, syncs, alerts, deliveries, settings, roles, removals, audit } = stores;
  const accounts = ACCOUNTS.map(async (accountId) => {
    const { firstBreak, rowsThatHold } = await verifyAudit({ audit }, { accountId });
    return {
      organizations: await organizations.list({ accountId, ...ALL }),
      linked: await organizations.list({ accountId, linked: true, ...ALL }),
      links: await links.list({ accountId, ...ALL }),
      settings: (await settings.get({ accountId, tenantId: null })).value,
      roles: (await roles.read(accountId)).value,
      alerts: (await alerts.list({ accountId, tenantId: null, filter: {}, ...ALL })).toSorted(byText),
      audit: (await audit.list({ accountId, limit: 1_000 })).toSorted(byId),
      firstBreak,
      rowsThatHold,
    };
  });
  const scopes = SCOPES.map(async (scope) => ({
    link: (await links.get(scope))?.value ?? null,
    sync: (await syncs.get(scope))?.value ?? null,
    settings: (await settings.get(scope)).value,
    counts: await alerts.counts(scope),
    cards: (await Promise.all(ALERTS.map((id) => deliveries.ofAlert(scope, id)))).flat().map(({ value }) => value),
    shown: await deliveries.countShown(scope),
    tombstone: await removals.get(scope),
    retired: await removals.countCards(scope),
  }));
  return {
    accounts: await Promise.all(accounts),
    scopes: await Promise.all(scopes),
    tenants: await Promise.all(TENANTS.map(async (id) => (await links.findByTenant(id))?.value ?? null)),
    due: (await syncs.due({ now: LATER, limit: 99 })).toSorted(byText),
  };
}

/** The same, of the model. */
export function lookOf(state: StoreState): Awaited<ReturnType<typeof lookAt>> {
  const rowsOf = (accountId: string) => Object.values(state.audit).filter((row) => row.accountId === accountId);
  const linksOf = (accountId: string) =>
    Object.values(state.links)
      .map(({ value }) => value)
      .filter((link) => link.accountId === accountId);
  const accounts = ACCOUNTS.map((accountId) => {
    const links = linksOf(accountId);
    const organizations = Object.values(state.organizations)
      .filter((each) => each.accountId === accountId)
      .toSorted((left, right) => (organizationKey(left.name) < organizationKey(right.name) ? -1 : 1));
    const holding = SCOPES.filter((scope) => scope.accountId === accountId).map(
      (scope) => state.holdings[keyOf(scope)],
    );
    return {
      organizations,
      linked: organizations.filter(({ id }) => links.some(({ organizationId }) => organizationId === id)),
      links: organizations.flatMap(({ id, name }) =>
        links.filter(({ organizationId }) => organizationId === id).map((link) => ({ link, organizationName: name })),
      ),
      settings: state.settings[keyOf({ accountId, tenantId: null })]?.value ?? {},
      roles: state.roles[accountId]?.value ?? [],
      alerts: holding
        .flatMap((each) => Object.values(each?.alerts ?? {}))
        .map(({ value }) => value)
        .toSorted(byText),
      audit: rowsOf(accountId).toSorted(byId),
      firstBreak: null,
      rowsThatHold: rowsOf(accountId).length,
    };
  });
  const scopes = SCOPES.map((scope) => {
    const key = keyOf(scope);
    const link = linkOf(state, scope);
    const records = Object.values(state.holdings[key]?.alerts ?? {}).map(({ value }) => value);
    const open = records.filter(({ alert }) => alert.status !== "resolved");
    const cards = Object.values(state.holdings[key]?.deliveries ?? {}).map(({ value }) => value);
    return {
      link: link?.value ?? null,
      sync: link === undefined ? null : (state.syncs[scope.tenantId]?.value ?? null),
      settings: state.settings[key]?.value ?? {},
      counts: {
        open: open.length,
        olderOpen: open.filter(({ baseline }) => baseline).length,
        total: records.length,
      },
      cards: ALERTS.flatMap((id) => cards.filter(({ alertId }) => alertId === id)),
      shown: cards.filter((card) => card.state === "posted").length,
      tombstone: state.tombstones[key] ?? null,
      retired: Object.values(state.retired).filter((of) => of === key).length,
    };
  });
  return {
    accounts,
    scopes,
    tenants: TENANTS.map((tenantId) => state.links[tenantId]?.value ?? null),
    due: SCOPES.filter((scope) => (linkOf(state, scope)?.value.state ?? "paused") !== "paused").toSorted(byText),
  };
}

function byId(left: AuditRow, right: AuditRow): number {
  return left.id < right.id ? -1 : 1;
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
