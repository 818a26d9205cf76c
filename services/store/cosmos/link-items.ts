import type { AuditRow } from "../../domain/audit.ts";
import type { Instant } from "../../domain/instant.ts";
import { organizationKey } from "../../domain/organization.ts";
import type { RemovedTenant } from "../../domain/removed-tenant.ts";
import { linkSearchText } from "../../domain/search-text.ts";
import type { TenantLink } from "../../domain/tenant-link.ts";
import type { TenantSync } from "../../domain/tenant-sync.ts";
import { type Item, itemId, keyText } from "./cosmos-item.ts";

/** A link as it is kept in its account's partition. */
export interface KeptLink {
  readonly link: TenantLink;
  readonly organizationName: string;
  /** The claim that this link stands on (tenant-claim.ts). */
  readonly claim: string;
  /** The row that says it was linked, until the claim is held; null from then on. A link with one does not exist yet. */
  readonly unsettled: AuditRow | null;
}

export function linkId(tenantId: string): string {
  return itemId("link", tenantId);
}

export function linkItem(kept: KeptLink): Item<KeptLink> {
  const { link, organizationName, unsettled } = kept;
  const nameKey = organizationKey(organizationName);
  return {
    id: linkId(link.tenantId),
    kind: "link",
    keys: {
      accountId: link.accountId,
      tenantId: link.tenantId,
      nameKey,
      search: keyText(`${nameKey}\n${linkSearchText(link)}`),
      state: link.state,
      dueAt: link.state === "paused" || unsettled !== null ? null : link.nextCheckAt,
      settled: unsettled === null,
    },
    value: kept,
  };
}

export function syncId(tenantId: string): string {
  return itemId("sync", tenantId);
}

/** `paused`: the tenant's link is, so that nothing of it falls due. */
export function syncItem(sync: TenantSync, paused: boolean): Item<TenantSync> {
  const { accountId, tenantId, nextSyncAt } = sync;
  const keys = {
    accountId,
    tenantId,
    paused,
    dueAt: paused ? null : nextSyncAt,
    lookAt: paused ? null : (sync.watch?.lookAt ?? null),
    // Never read is earlier than any moment.
    readAt: sync.watermark ?? "",
  };
  return { id: syncId(tenantId), kind: "sync", keys, value: sync };
}

/** A tombstone as it is kept. */
export interface KeptTombstone {
  readonly removed: RemovedTenant;
  /** What hung on the link, and its claim, are still being cleared away; its cards become due then. Null: it is done. */
  readonly clearing: { readonly claim: string; readonly cardsDueAt: Instant } | null;
}

export function tombstoneId(tenantId: string): string {
  return itemId("tombstone", tenantId);
}

export function tombstoneItem(kept: KeptTombstone): Item<KeptTombstone> {
  const { tenantId } = kept.removed;
  return {
    id: tombstoneId(tenantId),
    kind: "tombstone",
    keys: { tenantId, clearing: kept.clearing !== null },
    value: kept,
  };
}

/** Stands in a tenant's partition as long as the link on this claim does: each new alert and card requires it. */
export function tenantId(claim: string): string {
  return itemId("tenant", claim);
}

export function tenantItem({ link, claim }: Pick<KeptLink, "link" | "claim">): Item {
  const scope = { accountId: link.accountId, tenantId: link.tenantId };
  return { id: tenantId(claim), kind: "tenant", keys: scope, value: scope };
}
