import type { AlertRecord } from "../../../../services/domain/alert-record.ts";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import type { Delivery } from "../../../../services/domain/delivery.ts";
import type { Organization } from "../../../../services/domain/organization.ts";
import type { LevelSettings, SettingsLevel } from "../../../../services/domain/policy-settings.ts";
import type { RemovedTenant } from "../../../../services/domain/removed-tenant.ts";
import type { RoleGrant } from "../../../../services/domain/role.ts";
import type { TenantLink } from "../../../../services/domain/tenant-link.ts";
import type { TenantSync } from "../../../../services/domain/tenant-sync.ts";
import type { TenantScope } from "../../../../services/ports/stores.ts";
import type { Kept } from "./kept.ts";

type Table<Value> = Readonly<Record<string, Value>>;

/** What hangs on a link. */
export interface Holding {
  readonly alerts: Table<Kept<AlertRecord>>;
  /** By alert and conversation. */
  readonly deliveries: Table<Kept<Delivery>>;
}

/** What the stores hold, as plain data: what they promise is how calls change it (the other files beside this one). */
export interface StoreState {
  /** By account and id. */
  readonly organizations: Table<Organization>;
  /** By tenant alone: over all accounts a tenant has one link at most (R9). */
  readonly links: Table<Kept<TenantLink>>;
  readonly syncs: Table<Kept<TenantSync>>;
  /** By scope, as all that follow; of linked tenants. */
  readonly holdings: Table<Holding>;
  /** Of tenants whose removal is under way: still shown or not any more, and gone when the removal is acknowledged. */
  readonly leaving: Table<Holding>;
  readonly tombstones: Table<RemovedTenant>;
  readonly settings: Table<Kept<LevelSettings>>;
  /** By account. */
  readonly roles: Table<Kept<readonly RoleGrant[]>>;
  /** The scope of each card on screen whose tenant is gone, by conversation and message. */
  readonly retired: Table<string>;
  readonly audit: Table<AuditRow>;
}

export const EMPTY: StoreState = {
  organizations: {},
  links: {},
  syncs: {},
  holdings: {},
  leaving: {},
  tombstones: {},
  settings: {},
  roles: {},
  retired: {},
  audit: {},
};

export function keyOf({ accountId, tenantId }: SettingsLevel): string {
  return `${accountId}/${tenantId ?? ""}`;
}

/** The table with the value under the key; undefined: without it. */
export function put<Value>(table: Table<Value>, key: string, value: Value | undefined): Table<Value> {
  const { [key]: _before, ...others } = table;
  return value === undefined ? others : { ...others, [key]: value };
}

export function audited(state: StoreState, rows: readonly AuditRow[]): StoreState {
  return { ...state, audit: rows.reduce((audit, row) => put(audit, row.id, row), state.audit) };
}

/** The tenant's link, if it is this account's. */
export function linkOf(state: StoreState, { accountId, tenantId }: TenantScope): Kept<TenantLink> | undefined {
  const link = state.links[tenantId];
  return link?.value.accountId === accountId ? link : undefined;
}

export function linkOfOrganization(
  state: StoreState,
  accountId: string,
  organizationId: string,
): TenantLink | undefined {
  const links = Object.values(state.links).map(({ value }) => value);
  return links.find((link) => link.accountId === accountId && link.organizationId === organizationId);
}

/** What hangs on the tenant's link, also while that is being removed. */
export function holdingOf(state: StoreState, scope: TenantScope): Holding | undefined {
  return state.holdings[keyOf(scope)] ?? state.leaving[keyOf(scope)];
}

export function withHolding(state: StoreState, scope: TenantScope, change: (holding: Holding) => Holding): StoreState {
  const key = keyOf(scope);
  const table = key in state.holdings ? "holdings" : "leaving";
  const holding = state[table][key];
  return holding === undefined ? state : { ...state, [table]: put(state[table], key, change(holding)) };
}
