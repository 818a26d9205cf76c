import type { TenantLink } from "../services/domain/tenant-link.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { JobQueue } from "../services/ports/job-queue.ts";
import type { LinkStore, OrganizationStore, SyncStore } from "../services/ports/stores.ts";
import { findTenant, searchInWords } from "./find-tenant.ts";
import { type Reply, type Turn, text } from "./turn.ts";

export interface SyncNowDeps {
  readonly links: LinkStore;
  readonly organizations: OrganizationStore;
  readonly syncs: SyncStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

const TENANTS = 500;

/** `sync [organization]`: one tenant's alerts, or all tenants', are read now instead of at their next turn. */
export async function syncNow(deps: SyncNowDeps, turn: Turn, words: string): Promise<Reply> {
  const accountId = turn.account.id;
  if (words === "") {
    const rows = await deps.links.list({ accountId, offset: 0, limit: TENANTS });
    if (rows.length === 0) return text("No tenant is connected yet. Say `connect tenant` to connect the first.");
    for (const { link } of rows) await readSoon(deps, link);
    return text(
      rows.length === 1
        ? "Reading 1 tenant now."
        : `Reading ${rows.length} tenants now. \`tenants\` shows how far they are.`,
    );
  }
  const search = await findTenant(deps, { accountId, words });
  if (search.kind !== "found") return text(searchInWords(search, words));
  await readSoon(deps, search.link);
  return text(`Reading ${search.organizationName} now. \`tenants\` shows when it is done.`);
}

/** Makes a tenant's next read due now; the store keeps that, the queue only hurries it. */
export async function readSoon(deps: Pick<SyncNowDeps, "syncs" | "queue" | "clock">, link: TenantLink): Promise<void> {
  const stored = await deps.syncs.get(link);
  if (stored === null) return;
  await deps.syncs.update({ sync: { ...stored.value, nextSyncAt: deps.clock.now() }, etag: stored.etag });
  deps.queue.add({ kind: "sync-tenant", tenantId: link.tenantId });
}
