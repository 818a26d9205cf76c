import { Breakdown } from "../../domain/breakdown.ts";
import type { Organization } from "../../domain/organization.ts";
import type { LinkStore, WriteOutcome } from "../../ports/stores.ts";
import { clearTenant } from "./clear-tenant.ts";
import { accountPartition } from "./cosmos-item.ts";
import { settingsId } from "./cosmos-settings.ts";
import { type KeptLink, type KeptTombstone, linkId, syncId, tombstoneId, tombstoneItem } from "./link-items.ts";
import type { LinkSettlingDeps } from "./link-settling.ts";
import { organizationId, organizationItem } from "./organization-items.ts";
import type { WriteStep } from "./write-step.ts";

const ROUNDS = 60;

/**
 * Removes a link: what says that it is linked goes in one batch with the tombstone and the audit row, and from then on it is
 * removed. Its alerts and cards are cleared away after that; where that is broken off, the sweep goes on (clear-tenant.ts).
 */
export async function removeLink(
  deps: LinkSettlingDeps,
  { scope, etag, tombstone, cardsDueAt, audit }: Parameters<LinkStore["remove"]>[0],
): Promise<WriteOutcome> {
  if (scope.accountId !== tombstone.accountId || scope.tenantId !== tombstone.tenantId) {
    throw new Breakdown("refused", "A tombstone is of the tenant that is removed.");
  }
  const partition = accountPartition(scope.accountId);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await deps.container.read<KeptLink>(partition, linkId(scope.tenantId));
    if (found === null || found.etag !== etag || found.value.unsettled !== null) return "conflict";
    const kept: KeptTombstone = { removed: tombstone, clearing: { claim: found.value.claim, cardsDueAt } };
    const steps: WriteStep[] = [
      { do: "delete", id: found.id, etag },
      { do: "put", item: tombstoneItem(kept) },
      { do: "delete", id: syncId(scope.tenantId) },
    ];
    const organization = await deps.container.read<Organization>(
      partition,
      organizationId(found.value.link.organizationId),
    );
    if (organization !== null)
      steps.push({ do: "replace", item: organizationItem(organization.value, null), etag: organization.etag });
    const settings = await deps.container.read(partition, settingsId(scope));
    if (settings !== null) steps.push({ do: "delete", id: settings.id, etag: settings.etag });
    if ((await deps.writeAudit(partition, steps, [audit])).kind === "conflict") continue;

    const buried = await deps.container.read<KeptTombstone>(partition, tombstoneId(scope.tenantId));
    if (buried !== null) await clearTenant(deps, buried);
    return "stored";
  }
  throw new Breakdown("conflict", "A tenant was changed by others again and again.", { retryable: true });
}
