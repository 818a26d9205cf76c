import type { Organization } from "../../domain/organization.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { type KeptLink, linkId, linkItem, syncId, tombstoneId } from "./link-items.ts";
import { organizationId, organizationItem } from "./organization-items.ts";
import type { TenantClaims } from "./tenant-claim.ts";
import type { WriteStep } from "./write-step.ts";

export interface LinkSettlingDeps {
  readonly container: CosmosContainer;
  readonly writeAudit: AuditedWrite;
  readonly claims: TenantClaims;
}

/**
 * Brings a link that was written on a claim to its end: it exists from the moment the claim is held, and then gets its audit
 * row; where the claim is somebody else's by now, it never existed and is taken back. Whoever meets such a link may do it, any
 * number at once: the process that wrote it may be dead.
 */
export async function settleLink(deps: LinkSettlingDeps, found: StoredItem<KeptLink>): Promise<void> {
  const { link, claim } = found.value;
  if (await deps.claims.hold(link.tenantId, claim)) await confirm(deps, found);
  else await takeBack(deps, found);
}

async function confirm(deps: LinkSettlingDeps, found: StoredItem<KeptLink>): Promise<void> {
  const { link, unsettled } = found.value;
  if (unsettled === null) return;
  const partition = accountPartition(link.accountId);
  const steps: WriteStep[] = [{ do: "replace", item: linkItem({ ...found.value, unsettled: null }), etag: found.etag }];
  // Linked again: nothing is said about the removal any more.
  const tombstone = await deps.container.read(partition, tombstoneId(link.tenantId));
  if (tombstone !== null) steps.push({ do: "delete", id: tombstone.id, etag: tombstone.etag });
  // A conflict means that somebody else has just done it.
  await deps.writeAudit(partition, steps, [unsettled]);
}

async function takeBack(deps: LinkSettlingDeps, found: StoredItem<KeptLink>): Promise<void> {
  const { accountId, tenantId, organizationId: linkedTo } = found.value.link;
  const partition = accountPartition(accountId);
  const steps: WriteStep[] = [
    { do: "delete", id: linkId(tenantId), etag: found.etag },
    { do: "delete", id: syncId(tenantId) },
  ];
  const organization = await deps.container.read<Organization>(partition, organizationId(linkedTo));
  if (organization?.keys.tenantId === tenantId) {
    steps.push({ do: "replace", item: organizationItem(organization.value, null), etag: organization.etag });
  }
  await deps.container.write(partition, steps);
}
