import type { AuditRow } from "../../domain/audit.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { Organization } from "../../domain/organization.ts";
import type { TenantLink } from "../../domain/tenant-link.ts";
import type { TenantSync } from "../../domain/tenant-sync.ts";
import type { LinkMove } from "../../ports/link-outcomes.ts";
import { accountPartition, type StoredItem } from "./cosmos-item.ts";
import { type KeptLink, linkId, linkItem, syncId, syncItem } from "./link-items.ts";
import { type LinkSettlingDeps, settleLink } from "./link-settling.ts";
import { organizationId, organizationItem } from "./organization-items.ts";
import type { WriteStep } from "./write-step.ts";

interface LinkChange {
  readonly link: TenantLink;
  readonly etag: string;
  readonly audit: readonly AuditRow[];
}

/** What is written beside the link may change in between: each round one of those who write comes through. */
const ROUNDS = 60;

/**
 * Replaces the version of a link that was read, with its audit rows, in one batch: with another organization both
 * organizations say so, and a pause or its end stands on the sync state too, so that it is found as due or not.
 */
export async function changeLink(deps: LinkSettlingDeps, change: LinkChange): Promise<LinkMove> {
  const partition = accountPartition(change.link.accountId);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await deps.container.read<KeptLink>(partition, linkId(change.link.tenantId));
    if (found === null || found.etag !== change.etag || found.value.unsettled !== null) return { kind: "conflict" };
    const plan = await planOf(deps, change, found);
    if (plan.kind === "again") continue;
    if (plan.kind !== "steps") return plan;
    if ((await deps.writeAudit(partition, plan.steps, change.audit)).kind === "stored") return { kind: "moved" };
  }
  throw new Breakdown("conflict", "A tenant was changed by others again and again.", { retryable: true });
}

type Plan = LinkMove | { readonly kind: "steps"; readonly steps: readonly WriteStep[] } | { readonly kind: "again" };

async function planOf(deps: LinkSettlingDeps, { link }: LinkChange, found: StoredItem<KeptLink>): Promise<Plan> {
  const before = found.value.link;
  const steps: WriteStep[] = [];
  let { organizationName } = found.value;
  if (before.organizationId !== link.organizationId) {
    const [from, to] = await Promise.all([readOrganization(deps, before), readOrganization(deps, link)]);
    if (to === null) throw new Breakdown("conflict", "The organization is not one of this account.");
    const holder = to.keys.tenantId;
    if (typeof holder === "string" && holder !== link.tenantId) {
      const other = await deps.container.read<KeptLink>(accountPartition(link.accountId), linkId(holder));
      if (other !== null && other.value.unsettled === null) return { kind: "organizationHasTenant", tenantId: holder };
      if (other !== null) await settleLink(deps, other);
      return { kind: "again" };
    }
    organizationName = to.value.name;
    steps.push({ do: "replace", item: organizationItem(to.value, link.tenantId), etag: to.etag });
    if (from !== null) steps.push({ do: "replace", item: organizationItem(from.value, null), etag: from.etag });
  }
  const paused = link.state === "paused";
  if (paused !== (before.state === "paused")) {
    const sync = await deps.container.read<TenantSync>(accountPartition(link.accountId), syncId(link.tenantId));
    if (sync !== null) steps.push({ do: "replace", item: syncItem(sync.value, paused), etag: sync.etag });
  }
  const item = linkItem({ ...found.value, link, organizationName });
  return { kind: "steps", steps: [{ do: "replace", item, etag: found.etag }, ...steps] };
}

async function readOrganization(deps: LinkSettlingDeps, link: TenantLink): Promise<StoredItem<Organization> | null> {
  return await deps.container.read<Organization>(accountPartition(link.accountId), organizationId(link.organizationId));
}
