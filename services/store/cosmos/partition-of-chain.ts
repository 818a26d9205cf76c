import { accountPartition, tenantPartition } from "./cosmos-item.ts";

/** Where a chain's rows and its head lie; "2026-11/" is of the account, "2026-11/<tenant>" of a tenant's alerts. */
export function partitionOfChain(accountId: string, chain: string): string {
  const tenantId = chain.slice(chain.indexOf("/") + 1);
  return tenantId === "" ? accountPartition(accountId) : tenantPartition({ accountId, tenantId });
}
