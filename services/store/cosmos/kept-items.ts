import type { AlertRecord } from "../../domain/alert-record.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { ConsentJourney } from "../../domain/consent-journey.ts";
import type { ChannelBinding, Conversation } from "../../domain/conversation.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { type KeptKind, type KeptRecord, keptRoles } from "../../domain/kept-record.ts";
import type { MoveRequest } from "../../domain/move-request.ts";
import type { Organization } from "../../domain/organization.ts";
import type { LevelSettings } from "../../domain/policy-settings.ts";
import type { RetiredCard } from "../../domain/removed-tenant.ts";
import type { RoleGrant } from "../../domain/role.ts";
import type { TenantSync } from "../../domain/tenant-sync.ts";
import { sealedRow } from "./audit-chains.ts";
import type { KeptHead } from "./audited-write.ts";
import { keptValue, type RawItem } from "./cosmos-item.ts";
import type { KeptLink, KeptTombstone } from "./link-items.ts";

/** The key that orders a kind where its id does not: conversations by when they were heard of, audit rows by time and chain. */
export function orderedBy(kind: KeptKind): "c.id" | "heard" | "order" {
  if (kind === "conversation") return "heard";
  return kind === "audit" ? "order" : "c.id";
}

/** The record that an item of this kind keeps. */
export function recordOf(kind: KeptKind, raw: RawItem): KeptRecord {
  switch (kind) {
    case "organization":
      return { kind, value: keptValue<Organization>(raw) };
    case "link":
      return { kind, value: keptValue<KeptLink>(raw).link };
    case "sync":
      return { kind, value: keptValue<TenantSync>(raw) };
    case "settings": {
      const { accountId, tenantId } = raw.keys;
      const level = { accountId: String(accountId), tenantId: tenantId === null ? null : String(tenantId) };
      return { kind, value: { level, settings: keptValue<LevelSettings>(raw) } };
    }
    case "roles":
      return { kind, value: keptRoles(String(raw.keys.accountId), keptValue<readonly RoleGrant[]>(raw)) };
    case "conversation":
      return { kind, value: keptValue<Conversation>(raw) };
    case "binding":
      return { kind, value: keptValue<ChannelBinding>(raw) };
    case "consent":
      return { kind, value: keptValue<ConsentJourney>(raw) };
    case "move":
      return { kind, value: keptValue<MoveRequest>(raw) };
    case "tombstone":
      return { kind, value: keptValue<KeptTombstone>(raw).removed };
    case "retiredCard":
      return { kind, value: keptValue<RetiredCard>(raw) };
    case "audit":
      return auditRecord(raw);
    case "auditHead": {
      const { sequence, hash } = keptValue<KeptHead>(raw);
      return { kind, value: { accountId: String(raw.keys.accountId), chain: String(raw.keys.chain), sequence, hash } };
    }
    case "alert":
      return { kind, value: keptValue<AlertRecord>(raw) };
    case "delivery":
      return { kind, value: keptValue<Delivery>(raw) };
  }
}

/** A row that says something else than what it is found by would be found by what it says in another store, and so be healed. */
function auditRecord(raw: RawItem): KeptRecord {
  const { row, ...place } = sealedRow(raw);
  if (row !== null) return { kind: "audit", value: { row, ...place } };
  const { chain, sequence } = raw.keys;
  throw new Breakdown(
    "refused",
    "A row of the audit log was changed, and is not copied: say `audit verify` to the bot.",
    {
      detail: `chain ${String(chain)}, row ${String(sequence)}`,
    },
  );
}
