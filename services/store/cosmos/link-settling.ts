import { Breakdown } from "../../domain/breakdown.ts";
import type { Organization } from "../../domain/organization.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type StoredItem, tenantPartition } from "./cosmos-item.ts";
import { settingsId } from "./cosmos-settings.ts";
import { type KeptLink, linkId, linkItem, syncId, tenantItem, tombstoneId } from "./link-items.ts";
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
 * row; where the claim is somebody else's by now, it never existed and is taken back: false. Whoever meets such a link may do it,
 * any number at once: the process that wrote it may be dead.
 */
export async function settleLink(deps: LinkSettlingDeps, found: StoredItem<KeptLink>): Promise<boolean> {
  const { link, claim } = found.value;
  const exists = await deps.claims.hold(link.tenantId, claim);
  await (exists ? confirm(deps, found) : takeBack(deps, found));
  return exists;
}

const ROUNDS = 60;

/** Somebody else may settle the link, or give its organization another name, in between. */
async function confirm(deps: LinkSettlingDeps, found: StoredItem<KeptLink>): Promise<void> {
  const { link, claim } = found.value;
  const partition = accountPartition(link.accountId);
  let current: StoredItem<KeptLink> | null = found;
  for (let round = 0; round < ROUNDS; round += 1) {
    const unsettled = current?.value.unsettled ?? null;
    if (current === null || current.value.claim !== claim || unsettled === null) return;
    await deps.container.write(tenantPartition(link), [{ do: "create", item: tenantItem(current.value) }]);
    const settled = linkItem({ ...current.value, unsettled: null });
    const steps: WriteStep[] = [{ do: "replace", item: settled, etag: current.etag }];
    // Linked again: nothing is said about the removal any more.
    const tombstone = await deps.container.readNow(partition, tombstoneId(link.tenantId));
    if (tombstone !== null) steps.push({ do: "delete", id: tombstone.id, etag: tombstone.etag });
    if ((await deps.writeAudit(partition, steps, [unsettled])).kind === "stored") return;
    current = await deps.container.readNow<KeptLink>(partition, linkId(link.tenantId));
  }
  throw new Breakdown("conflict", "A tenant was changed by others again and again.", { retryable: true });
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
  // Of a link before this one, saved in the moment of its removal.
  const settings = await deps.container.read(partition, settingsId({ tenantId }));
  if (settings !== null) steps.push({ do: "delete", id: settings.id, etag: settings.etag });
  await deps.container.write(partition, steps);
}
