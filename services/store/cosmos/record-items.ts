import { Breakdown } from "../../domain/breakdown.ts";
import type { KeptRecord } from "../../domain/kept-record.ts";
import type { Organization } from "../../domain/organization.ts";
import type { TenantLink } from "../../domain/tenant-link.ts";
import { alertItem, deliveryItem, type Retention } from "./alert-items.ts";
import { headItem, partitionOfRow, rowItem } from "./audited-write.ts";
import { retiredCardItem } from "./clear-tenant.ts";
import { consentItem } from "./consent-items.ts";
import { bindingItem } from "./cosmos-bindings.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { conversationItem } from "./cosmos-conversations.ts";
import { accountPartition, claimPartition, type Item, tenantPartition } from "./cosmos-item.ts";
import { guardItem, isOpen, moveItem } from "./cosmos-moves.ts";
import { rolesItem } from "./cosmos-roles.ts";
import { settingsItem } from "./cosmos-settings.ts";
import { type KeptLink, linkId, linkItem, syncItem, tenantItem, tombstoneItem } from "./link-items.ts";
import { newOrganizationItems, organizationId, organizationItem } from "./organization-items.ts";
import { partitionOfChain } from "./partition-of-chain.ts";
import { heldClaimItem } from "./tenant-claim.ts";

export interface PlacedItem {
  readonly partition: string;
  readonly item: Item;
}

/** Of every claim that a copy makes; no other has it, since theirs are random. */
const CLAIM_NAME = "copied";

export interface RecordItemsDeps {
  readonly container: CosmosContainer;
  readonly retention: () => Retention;
}

/**
 * All items that a record is kept as, its claim included, made as the stores make them. What a record stands on (a link's
 * organization, a sync state's link) is read, so it is there already. `place` orders the records of a kind, from 0.
 */
export async function itemsOf(
  deps: RecordItemsDeps,
  record: KeptRecord,
  place: number,
): Promise<readonly PlacedItem[]> {
  const { kind, value } = record;
  const inAccount = (accountId: string, ...items: readonly Item[]): readonly PlacedItem[] =>
    items.map((item) => ({ partition: accountPartition(accountId), item }));
  switch (kind) {
    case "organization":
      return inAccount(value.accountId, ...newOrganizationItems(value));
    case "link":
      return await linkItems(deps, value);
    case "sync": {
      const link = await needed<KeptLink>(deps, value.accountId, linkId(value.tenantId));
      return inAccount(value.accountId, syncItem(value, link.link.state === "paused"));
    }
    case "settings":
      return inAccount(value.level.accountId, settingsItem(value.level, value.settings));
    case "roles":
      return inAccount(value.accountId, rolesItem(value.accountId, value.grants));
    case "conversation":
      // Before any that is heard of from now on, which has a moment there.
      return inAccount(value.accountId, conversationItem(value, `0|${String(place).padStart(12, "0")}`));
    case "binding":
      return inAccount(value.accountId, bindingItem(value));
    case "consent":
      return inAccount(value.accountId, consentItem(value));
    case "move":
      return inAccount(value.accountId, moveItem(value), ...(isOpen(value) ? [guardItem(value)] : []));
    case "tombstone":
      return inAccount(value.accountId, tombstoneItem({ removed: value, clearing: null }));
    case "retiredCard":
      return inAccount(value.accountId, retiredCardItem(value));
    case "audit": {
      const { row, sequence, ...tied } = value;
      return [{ partition: partitionOfRow(row), item: rowItem(row, sequence, { row, ...tied }) }];
    }
    case "auditHead": {
      const { accountId, chain, ...head } = value;
      return [{ partition: partitionOfChain(accountId, chain), item: headItem(accountId, chain, head) }];
    }
    case "alert":
      return [{ partition: tenantPartition(value), item: alertItem(value, deps.retention()) }];
    case "delivery":
      return [{ partition: tenantPartition(value), item: deliveryItem(value, deps.retention()) }];
  }
}

/** The link as it is once its claim is held and it is settled, and all that says that it is linked. */
async function linkItems(deps: RecordItemsDeps, link: TenantLink): Promise<readonly PlacedItem[]> {
  const { accountId, tenantId } = link;
  const organization = await needed<Organization>(deps, accountId, organizationId(link.organizationId));
  const kept = { link, organizationName: organization.name, claim: CLAIM_NAME, unsettled: null };
  const claim = heldClaimItem({ accountId, name: CLAIM_NAME, expiresAt: link.linkedAt });
  return [
    { partition: claimPartition(tenantId), item: claim },
    { partition: tenantPartition(link), item: tenantItem({ link, claim: CLAIM_NAME }) },
    { partition: accountPartition(accountId), item: linkItem(kept) },
    { partition: accountPartition(accountId), item: organizationItem(organization, tenantId) },
  ];
}

async function needed<Value>({ container }: RecordItemsDeps, accountId: string, id: string): Promise<Value> {
  const found = await container.readNow<Value>(accountPartition(accountId), id);
  if (found !== null) return found.value;
  throw new Breakdown("conflict", "What a record stands on is not there: the store changed while it was copied.", {
    detail: id,
  });
}
