import type { AlertRecord } from "./alert-record.ts";
import type { AuditRow } from "./audit.ts";
import type { SealedRow } from "./audit-chain.ts";
import type { ConsentJourney } from "./consent-journey.ts";
import type { ChannelBinding, Conversation } from "./conversation.ts";
import type { Delivery } from "./delivery.ts";
import type { MoveRequest } from "./move-request.ts";
import type { Organization } from "./organization.ts";
import type { LevelSettings, SettingsLevel } from "./policy-settings.ts";
import type { RemovedTenant, RetiredCard } from "./removed-tenant.ts";
import type { RoleGrant } from "./role.ts";
import type { TenantLink } from "./tenant-link.ts";
import type { TenantSync } from "./tenant-sync.ts";

export interface KeptSettings {
  readonly level: SettingsLevel;
  readonly settings: LevelSettings;
}

/** All grants of an account, by the person's id; none where all were taken back. */
export interface KeptRoles {
  readonly accountId: string;
  readonly grants: readonly RoleGrant[];
}

export interface KeptAuditRow extends SealedRow {
  readonly row: AuditRow;
}

export interface KeptAuditHead {
  readonly accountId: string;
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

interface KeptValues {
  readonly organization: Organization;
  readonly link: TenantLink;
  readonly sync: TenantSync;
  readonly settings: KeptSettings;
  readonly roles: KeptRoles;
  readonly conversation: Conversation;
  readonly binding: ChannelBinding;
  readonly consent: ConsentJourney;
  readonly move: MoveRequest;
  readonly tombstone: RemovedTenant;
  readonly retiredCard: RetiredCard;
  readonly audit: KeptAuditRow;
  readonly auditHead: KeptAuditHead;
  readonly alert: AlertRecord;
  readonly delivery: Delivery;
}

/** What a store keeps for good, whichever store it is. Small values with an end (EphemeralStore) are not among it. */
export type KeptKind = keyof KeptValues;

/** One thing of a kind, as the domain knows it. */
export type KeptRecord = {
  readonly [Kind in KeptKind]: { readonly kind: Kind; readonly value: KeptValues[Kind] };
}[KeptKind];

/** What each kind is called where it is counted, in the order in which one leads to the next: what others need comes first. */
export const KEPT_KINDS = {
  organization: "organizations",
  link: "tenants",
  sync: "sync states",
  settings: "settings",
  roles: "accounts with roles",
  conversation: "conversations",
  binding: "bindings of channels",
  consent: "consents",
  move: "moves",
  tombstone: "removed tenants",
  retiredCard: "cards of removed tenants",
  audit: "audit rows",
  auditHead: "audit chains",
  alert: "alerts",
  delivery: "posted cards",
} as const satisfies Record<KeptKind, string>;

export const KINDS_IN_ORDER = Object.keys(KEPT_KINDS) as readonly KeptKind[];

/** The account's grants in the one order in which they are compared. */
export function keptRoles(accountId: string, grants: readonly RoleGrant[]): KeptRoles {
  return { accountId, grants: grants.toSorted((left, right) => (left.person.id < right.person.id ? -1 : 1)) };
}
