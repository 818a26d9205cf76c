import type { AlertStatus, Severity } from "../domain/alert.ts";
import type { AlertRecord } from "../domain/alert-record.ts";
import type { AuditRow } from "../domain/audit.ts";
import type { ConsentJourney } from "../domain/consent-journey.ts";
import type { BindingKind, ChannelBinding, Conversation } from "../domain/conversation.ts";
import type { Instant } from "../domain/instant.ts";
import type { Organization } from "../domain/organization.ts";
import type { LevelSettings, SettingsLevel } from "../domain/policy-settings.ts";
import type { RemovedTenant } from "../domain/removed-tenant.ts";
import type { RoleGrant } from "../domain/role.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { AlertCounts } from "../domain/tenant-overview.ts";
import type { TenantSync } from "../domain/tenant-sync.ts";
import type { AuditChains, AuditPage } from "./audit-log.ts";
import type { LinkCreation, LinkMove } from "./link-outcomes.ts";

/*
 * The stores that SQLite and Cosmos DB both keep. Every write that follows a read names the etag it read: "conflict" says
 * that somebody else wrote in between, then the caller reads and decides again. Each method touches one partition: an
 * account's (organizations, links, settings, roles, bindings, audit) or a tenant's (sync, alerts, deliveries); those
 * without an account argument serve the schedule. All throw Breakdown "store-unavailable" when the store does not answer.
 */

/** A stored value with the tag of the version that was read. */
export interface Versioned<Value> {
  readonly value: Value;
  readonly etag: string;
}

export type WriteOutcome = "stored" | "conflict";

/** Whose data: every method that reads or writes customers' data takes it (R8). */
export interface TenantScope {
  readonly accountId: string;
  readonly tenantId: string;
}

export type OrganizationRename =
  | { kind: "renamed" }
  | { kind: "nameTaken"; existing: Organization }
  /** It is not what was read any more: somebody else changed it in between. */
  | { kind: "conflict"; current: Organization | null };

export interface OrganizationStore {
  /** Adds it unless the account has one of the same name (organizationKey): then that one is given back. */
  add(organization: Organization): Promise<{ kind: "added" } | { kind: "nameTaken"; existing: Organization }>;
  /**
   * Adds those of one account whose name is free, each with its audit row, all together; says which were added, by id.
   * The first of two with one name wins. Repeated, it adds nothing.
   */
  addMany(items: readonly { organization: Organization; audit: AuditRow }[]): Promise<ReadonlySet<string>>;
  /** Gives `before` the name and directory id of `after`, if it is still as it was read; a change of case is one too. */
  rename(input: { before: Organization; after: Organization; audit: AuditRow }): Promise<OrganizationRename>;
  get(accountId: string, organizationId: string): Promise<Organization | null>;
  /** By name, in the sense of organizationKey. */
  findByName(accountId: string, name: string): Promise<Organization | null>;
  /**
   * Ordered by name; `text` keeps those whose name contains it, whatever its case, and with `startsFirst` those whose name
   * starts with it come first. `linked` keeps those with or without a tenant.
   */
  list(input: {
    accountId: string;
    text?: string;
    startsFirst?: boolean;
    linked?: boolean;
    offset: number;
    limit: number;
  }): Promise<readonly Organization[]>;
  count(accountId: string): Promise<number>;
}

export interface LinkStore {
  /**
   * Creates link, sync state and audit row together, or nothing: unique by tenant over all accounts and by organization (R9).
   * Ends the tenant's tombstone, unless the tenant was removed at or after `askedAt`.
   */
  create(input: { link: TenantLink; sync: TenantSync; audit: AuditRow; askedAt?: Instant }): Promise<LinkCreation>;
  get(scope: TenantScope): Promise<Versioned<TenantLink> | null>;
  findByOrganization(accountId: string, organizationId: string): Promise<TenantLink | null>;
  /** For jobs, which know a tenant id only. */
  findByTenant(tenantId: string): Promise<Versioned<TenantLink> | null>;
  /** Tenants whose nextCheckAt has come, the longest due first; paused ones are left out. */
  dueToCheck(input: { now: Instant; limit: number }): Promise<readonly TenantScope[]>;
  update(input: { link: TenantLink; etag: string; audit?: AuditRow }): Promise<WriteOutcome>;
  /**
   * Ordered by organization name, which is given back beside the link; `text` is looked for in organization, tenant name and
   * domain, `states` keeps links in one of them.
   */
  list(input: {
    accountId: string;
    text?: string;
    states?: readonly TenantLink["state"][];
    offset: number;
    limit: number;
  }): Promise<readonly { link: TenantLink; organizationName: string }[]>;
  countByState(input: {
    accountId: string;
    text?: string;
  }): Promise<Readonly<Partial<Record<TenantLink["state"], number>>>>;
  /** Gives the link another organization of the account, with the audit row: one small batch, since all else reaches its organization through the link. */
  move(input: { link: TenantLink; etag: string; toOrganizationId: string; audit: AuditRow }): Promise<LinkMove>;
  /**
   * Deletes the link, its sync state, tenant settings, alerts and deliveries, and writes tombstone and audit row; the cards
   * on screen are kept as retired ones (RemovalStore), due at `cardsDueAt`.
   */
  remove(input: {
    scope: TenantScope;
    etag: string;
    tombstone: RemovedTenant;
    cardsDueAt: Instant;
    audit: AuditRow;
  }): Promise<WriteOutcome>;
}

export interface SyncStore {
  get(scope: TenantScope): Promise<Versioned<TenantSync> | null>;
  update(input: { sync: TenantSync; etag: string }): Promise<WriteOutcome>;
  /** Tenants whose nextSyncAt has come, the longest due first; tenants whose link is paused are left out. */
  due(input: { now: Instant; limit: number }): Promise<readonly TenantScope[]>;
  /**
   * Tenants whose `watch.lookAt` has come, the longest due first; those without one, and tenants whose link is paused, are
   * left out. Of any account, like `due`.
   */
  dueToLook(input: { now: Instant; limit: number }): Promise<readonly TenantScope[]>;
  /** How many tenants of the account were last read completely (`watermark`) at or before then, or never; paused ones are left out. */
  countUnproven(input: { accountId: string; before: Instant }): Promise<number>;
}

export interface AlertFilter {
  readonly text?: string;
  readonly severity?: Severity;
  readonly status?: AlertStatus | "open";
  readonly createdSince?: Instant;
  readonly createdBefore?: Instant;
}

export interface AlertStore {
  get(scope: TenantScope, alertId: string): Promise<Versioned<AlertRecord> | null>;
  /** The records that exist among the given ids. */
  getMany(scope: TenantScope, alertIds: readonly string[]): Promise<readonly Versioned<AlertRecord>[]>;
  /**
   * Stores one page of a read, all or nothing: new records (etag null: "conflict" if one exists by now) and changed ones;
   * with the read's last page, and only then, the sync state that holds the new watermark (R2).
   */
  storePage(input: {
    scope: TenantScope;
    records: readonly { record: AlertRecord; etag: string | null }[];
    sync?: { sync: TenantSync; etag: string };
  }): Promise<WriteOutcome>;
  /** Stores one record and its audit rows together. */
  update(input: { record: AlertRecord; etag: string; audit?: readonly AuditRow[] }): Promise<WriteOutcome>;
  /** Newest first. `tenantId` null: all tenants of the account. */
  list(input: {
    accountId: string;
    tenantId: string | null;
    filter: AlertFilter;
    offset: number;
    limit: number;
  }): Promise<readonly AlertRecord[]>;
  /** By alert id alone, within the account. */
  find(accountId: string, alertId: string): Promise<AlertRecord | null>;
  counts(scope: TenantScope): Promise<AlertCounts>;
  /** Alerts whose nextSettleAt has come, the longest due first. */
  dueToSettle(input: { now: Instant; limit: number }): Promise<readonly { tenantId: string; alertId: string }[]>;
  /** Alerts whose nextAnnounceAt has come, the longest due first. */
  dueToAnnounce(input: { now: Instant; limit: number }): Promise<readonly { tenantId: string; alertId: string }[]>;
  /** Deletes alerts, of any account, that last changed in Defender before then, resolved or not, oldest first, with their deliveries; says how many. */
  purge(input: { before: Instant; limit: number }): Promise<number>;
}

export interface SettingsStore {
  /** What is set on this level; {} with etag null where nothing ever was. */
  get(level: SettingsLevel): Promise<{ value: LevelSettings; etag: string | null }>;
  put(input: {
    level: SettingsLevel;
    settings: LevelSettings;
    etag: string | null;
    audit: readonly AuditRow[];
  }): Promise<WriteOutcome>;
}

export interface RoleStore {
  get(accountId: string, personId: string): Promise<RoleGrant | null>;
  list(accountId: string): Promise<readonly RoleGrant[]>;
  /** All grants with the tag of their whole: any change of one ends it, so that nobody removes the last admin unseen. */
  read(accountId: string): Promise<{ value: readonly RoleGrant[]; etag: string | null }>;
  /** Gives or replaces; etag null: nobody of the account was ever granted anything. */
  put(input: { grant: RoleGrant; etag: string | null; audit: AuditRow }): Promise<WriteOutcome>;
  /** "conflict" as well when the person has no grant. */
  remove(input: { accountId: string; personId: string; etag: string | null; audit: AuditRow }): Promise<WriteOutcome>;
}

export interface ConversationStore {
  put(conversation: Conversation): Promise<void>;
  get(accountId: string, conversationId: string): Promise<Conversation | null>;
  /** The person's 1:1 chat with the bot, if it was ever opened. */
  personal(accountId: string, personId: string): Promise<Conversation | null>;
  /** Channels and group chats that know the bot, the one heard of last first. */
  shared(accountId: string, limit: number): Promise<readonly Conversation[]>;
  /** The bot was removed there: forgets the conversation and its bindings. */
  remove(accountId: string, conversationId: string): Promise<void>;
}

export interface BindingStore {
  list(accountId: string, kind?: BindingKind): Promise<readonly ChannelBinding[]>;
  ofConversation(accountId: string, conversationId: string): Promise<readonly ChannelBinding[]>;
  put(input: { binding: ChannelBinding; audit: AuditRow | null }): Promise<void>;
  remove(input: { accountId: string; conversationId: string; kind: BindingKind; audit: AuditRow }): Promise<boolean>;
}

export interface ConsentStore {
  create(journey: ConsentJourney, audit: AuditRow): Promise<void>;
  get(journeyId: string): Promise<Versioned<ConsentJourney> | null>;
  findByLink(linkHash: string): Promise<Versioned<ConsentJourney> | null>;
  /** By a leg's state; legs that were used are no longer in the journey and are not found. */
  findByState(stateHash: string): Promise<Versioned<ConsentJourney> | null>;
  update(input: { journey: ConsentJourney; etag: string; audit?: AuditRow }): Promise<WriteOutcome>;
  /** Journeys of the account that have not ended, newest first. */
  open(accountId: string): Promise<readonly ConsentJourney[]>;
  /** Journeys, of any account, whose sign-in proved this tenant and that have not ended. */
  openForTenant(tenantId: string): Promise<readonly ConsentJourney[]>;
  due(input: { now: Instant; limit: number }): Promise<readonly string[]>;
}

export interface AuditStore extends AuditChains {
  append(rows: readonly AuditRow[]): Promise<void>;
  /** Newest first. */
  list(page: AuditPage): Promise<readonly AuditRow[]>;
}

/** Small values with an end: dialog state, first answers of turns, action keys. Values are JSON texts. */
export interface EphemeralStore {
  get(key: string): Promise<Versioned<string> | null>;
  /** etag null: only if absent (or ended); "*": whatever is there; else only that version. */
  put(input: { key: string; value: string; etag: string | null; endsAt: Instant }): Promise<WriteOutcome>;
  remove(key: string): Promise<void>;
}
