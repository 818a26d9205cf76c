import type { TenantSync } from "../../domain/tenant-sync.ts";
import type { SyncStore, TenantScope, WriteOutcome } from "../../ports/stores.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition } from "./cosmos-item.ts";
import { dueKeys, scopesOf } from "./due-keys.ts";
import { syncId, syncItem } from "./link-items.ts";

interface SyncVersion {
  readonly sync: TenantSync;
  readonly etag: string;
}

/** Replaces the version of a tenant's sync state that was read; also with the last page of a read. */
export interface SyncWrite {
  /** Whether that version is still the one that is there. */
  fits(version: SyncVersion): Promise<boolean>;
  replace(version: SyncVersion): Promise<WriteOutcome>;
}

export function syncWrite(container: CosmosContainer): SyncWrite {
  const read = ({ accountId, tenantId }: TenantScope) =>
    container.read<TenantSync>(accountPartition(accountId), syncId(tenantId));
  return {
    fits: async ({ sync, etag }) => (await read(sync))?.etag === etag,
    replace: async ({ sync, etag }) => {
      const found = await read(sync);
      if (found?.etag !== etag) return "conflict";
      const item = syncItem(sync, found.keys.paused === true);
      return (await container.write(accountPartition(sync.accountId), [{ do: "replace", item, etag }])).kind;
    },
  };
}

/** How far each tenant is read; in the account's partition, so that what is due is one question. */
export function cosmosSyncs(container: CosmosContainer, write: SyncWrite, accountIds: readonly string[]): SyncStore {
  return {
    get: async ({ accountId, tenantId }) => {
      const found = await container.read<TenantSync>(accountPartition(accountId), syncId(tenantId));
      return found === null ? null : { value: found.value, etag: found.etag };
    },
    update: (version) => write.replace(version),
    due: async ({ now, limit }) => scopesOf(await dueKeys(container, accountIds, { kind: "sync", now, limit })),
    dueToLook: async ({ now, limit }) =>
      scopesOf(await dueKeys(container, accountIds, { kind: "sync", by: "lookAt", now, limit })),
    countUnproven: ({ accountId, before }) =>
      container.count({
        partition: accountPartition(accountId),
        kind: "sync",
        where: ["k.paused = false", "k.readAt <= @before"],
        values: { before },
      }),
  };
}
