import { createHash } from "node:crypto";
import { Breakdown } from "../../domain/breakdown.ts";
import type { TenantScope } from "../../ports/stores.ts";

/** What an item is found and ordered by: the only part of it, beside `pk` and `kind`, that is indexed (indexing-policy.ts). */
export type ItemKeys = Readonly<Record<string, string | number | boolean | null>>;

/** Every kind of item there is; docs/decisions/0011-the-cosmos-data-model.md says for each where it lies and who writes it. */
export type ItemKind =
  | "organization"
  | "organizationName"
  | "link"
  | "sync"
  | "settings"
  | "roles"
  | "conversation"
  | "binding"
  | "consent"
  | "move"
  | "openMove"
  | "tombstone"
  | "retiredCard"
  | "alertsDue"
  | "tenant"
  | "alert"
  | "delivery"
  | "audit"
  | "auditHead"
  | "claim"
  | "reference"
  | "ephemeral"
  | "copyMark"
  | "schema";

/** One item as this adapter writes it. `value` is the domain's; no query looks into it. */
export interface Item<Value = unknown> {
  readonly id: string;
  readonly kind: ItemKind;
  readonly keys: ItemKeys;
  readonly value: Value;
  /** Seconds after its last write at which Cosmos deletes it by itself; absent: never. */
  readonly ttl?: number;
}

/** An item as it was read, with the tag of its version. */
export interface StoredItem<Value = unknown> extends Item<Value> {
  readonly etag: string;
}

/** An item as it lies in the container. `w` names the write that put it there (write-batch.ts). */
export interface RawItem extends Omit<Item, "value"> {
  readonly pk: string;
  readonly value?: unknown;
  /** The value as JSON, where it is kept as a text. */
  readonly text?: string;
  readonly w: string;
  readonly _etag: string;
}

/** The item's value. Only this adapter writes the container, so its shape is ours and is not parsed again. */
export function keptValue<Value>({ value, text }: RawItem): Value {
  try {
    return (text === undefined ? value : JSON.parse(text)) as Value;
  } catch (cause) {
    throw new Breakdown("store-unavailable", "A stored value is damaged.", { cause });
  }
}

/** The id of an item of this kind; `names` tell it apart within its partition. */
export function itemId(kind: ItemKind, ...names: readonly string[]): string {
  return [kind, ...names.map(plainText)].join(":");
}

/** What belongs to an account and is read together: its organizations, links, sync states, settings, roles, consents, moves. */
export function accountPartition(accountId: string): string {
  return `account:${plainText(accountId)}`;
}

/** What belongs to one tenant of an account: its alerts, their deliveries, and the audit rows of what was done to them. */
export function tenantPartition({ accountId, tenantId }: TenantScope): string {
  return `tenant:${plainText(accountId)}:${plainText(tenantId)}`;
}

/** The one place, over all accounts, that says who holds a tenant. */
export function claimPartition(tenantId: string): string {
  return `claim:${plainText(tenantId)}`;
}

/** What leads from something that comes without its account (a link, a state, an id) to the account it belongs to. */
export function referencePartition(to: string, key: string): string {
  return `reference:${to}:${plainText(key)}`;
}

export function ephemeralPartition(key: string): string {
  return `ephemeral:${plainText(key)}`;
}

/** The most of a text that something is found by. */
const KEY_LIMIT = 500;

/** A text from outside as a key: no half characters, and of a hostile length no more than somebody would look for. */
export function keyText(text: string): string {
  return text.slice(0, KEY_LIMIT).toWellFormed();
}

/**
 * The text as it is where it can be part of an id, else its hash. An id must not hold `/ \ ? #` and takes up to 1,023 bytes
 * (https://learn.microsoft.com/azure/cosmos-db/concepts-limits); several texts make one of ours.
 */
function plainText(text: string): string {
  return /^[\w.@;=-]{1,150}$/.test(text) ? text : `~${createHash("sha256").update(text).digest("base64url")}`;
}
