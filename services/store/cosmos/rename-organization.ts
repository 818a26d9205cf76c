import { Breakdown } from "../../domain/breakdown.ts";
import { type Organization, organizationKey } from "../../domain/organization.ts";
import type { OrganizationRename, OrganizationStore } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition } from "./cosmos-item.ts";
import { type KeptLink, linkId, linkItem } from "./link-items.ts";
import { directoryItem, nameId, nameItem, organizationId, organizationItem } from "./organization-items.ts";
import type { WriteStep } from "./write-step.ts";

interface RenameDeps {
  readonly container: CosmosContainer;
  readonly writeAudit: AuditedWrite;
  readonly findByName: OrganizationStore["findByName"];
}

const ROUNDS = 30;

/** Gives an organization its new name in one batch with what holds names and with its link, which is listed by that name. */
export async function renameOrganization(
  deps: RenameDeps,
  { before, after, audit }: Parameters<OrganizationStore["rename"]>[0],
): Promise<OrganizationRename> {
  const partition = accountPartition(before.accountId);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await deps.container.read<Organization>(partition, organizationId(before.id));
    const current = found?.value ?? null;
    if (found === null || current?.name !== before.name || current.directoryId !== before.directoryId) {
      return { kind: "conflict", current };
    }
    const existing = await deps.findByName(before.accountId, after.name);
    if (existing !== null && existing.id !== before.id) return { kind: "nameTaken", existing };
    const { directoryId, name } = after;
    const stored = { ...current, name, ...(directoryId === undefined ? {} : { directoryId }) };
    const tenantId = typeof found.keys.tenantId === "string" ? found.keys.tenantId : null;
    const steps: WriteStep[] = [{ do: "replace", item: organizationItem(stored, tenantId), etag: found.etag }];
    if (organizationKey(name) !== organizationKey(before.name)) {
      steps.push({ do: "delete", id: nameId(before.name) }, { do: "create", item: nameItem(name, before.id) });
    }
    if (directoryId !== undefined && directoryId !== before.directoryId) {
      steps.push({ do: "create", item: directoryItem(directoryId, before.id) });
    }
    const link = tenantId === null ? null : await deps.container.read<KeptLink>(partition, linkId(tenantId));
    if (link !== null) {
      steps.push({ do: "replace", item: linkItem({ ...link.value, organizationName: name }), etag: link.etag });
    }
    if ((await deps.writeAudit(partition, steps, [audit])).kind === "stored") return { kind: "renamed" };
  }
  throw new Breakdown("conflict", "An organization was changed by others again and again.", { retryable: true });
}
