import type { TenantScope } from "../../ports/stores.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { type KeptLink, linkId, tenantId as tenantItemId } from "./link-items.ts";
import type { WriteStep } from "./write-step.ts";

/** The account's link of the tenant; one that is not settled does not exist yet. */
export async function settledLink(
  container: CosmosContainer,
  { accountId, tenantId }: TenantScope,
): Promise<StoredItem<KeptLink> | null> {
  const found = await container.read<KeptLink>(accountPartition(accountId), linkId(tenantId));
  return found === null || found.value.unsettled !== null ? null : found;
}

/** The step of a write in the tenant's partition by which it fails once that link is removed; null: there is no link. */
export async function whileLinked(container: CosmosContainer, scope: TenantScope): Promise<WriteStep | null> {
  const link = await settledLink(container, scope);
  return link === null ? null : { do: "require", id: tenantItemId(link.value.claim) };
}
