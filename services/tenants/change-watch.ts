import type { CoverageWatch, TenantSync } from "../domain/tenant-sync.ts";
import type { Log } from "../ports/log.ts";
import type { SyncStore, TenantScope } from "../ports/stores.ts";

const TRIES = 5;

/** Changes what is known of a tenant's watch beside the reads that write the same row; a tenant that is gone is left alone. */
export async function changeWatch(
  deps: { syncs: Pick<SyncStore, "get" | "update">; log: Log },
  scope: TenantScope,
  change: (sync: TenantSync) => CoverageWatch,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await deps.syncs.get(scope);
    if (stored === null) return;
    const sync = { ...stored.value, watch: change(stored.value) };
    if ((await deps.syncs.update({ sync, etag: stored.etag })) === "stored") return;
  }
  deps.log.warn("A tenant's watch was changed by others again and again; it is looked at again.", {
    tenantId: scope.tenantId,
  });
}
