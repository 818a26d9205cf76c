import { clearTenant } from "./clear-tenant.ts";
import { accountPartition } from "./cosmos-item.ts";
import type { KeptLink, KeptTombstone } from "./link-items.ts";
import { type LinkSettlingDeps, settleLink } from "./link-settling.ts";

/** Brings to its end what a process that died left half done: links that are not settled, removals not cleared away. */
export async function sweepAccount(deps: LinkSettlingDeps, accountId: string): Promise<void> {
  await sweep(deps, accountPartition(accountId));
}

/** As sweepAccount, for every account that there is. */
export async function sweepAll(deps: LinkSettlingDeps): Promise<void> {
  await sweep(deps, null);
}

async function sweep(deps: LinkSettlingDeps, partition: string | null): Promise<void> {
  const links = await deps.container.find<KeptLink>({ partition, kind: "link", where: ["k.settled = false"] });
  for (const link of links) await settleLink(deps, link);
  const tombstones = await deps.container.find<KeptTombstone>({
    partition,
    kind: "tombstone",
    where: ["k.clearing = true"],
  });
  for (const tombstone of tombstones) await clearTenant(deps, tombstone);
}
