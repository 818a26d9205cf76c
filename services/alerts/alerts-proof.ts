import type { AlertsProof } from "../domain/alerts-proof.ts";
import { isProven, provenFor } from "../domain/coverage-watch.ts";
import { shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import { countsHold } from "../domain/tenant-overview.ts";
import type { Clock } from "../ports/clock.ts";
import type { LinkStore, SyncStore } from "../ports/stores.ts";

export interface AlertsProofDeps {
  readonly links: Pick<LinkStore, "countByState">;
  readonly syncs: Pick<SyncStore, "get" | "countUnproven">;
  readonly clock: Clock;
  readonly intervalMs: number;
}

/** What an empty list of alerts proves, of one tenant or (`tenant` null) of all of the account's. */
export async function alertsProof(
  deps: AlertsProofDeps,
  input: { accountId: string; tenant: { link: TenantLink; organizationName: string } | null },
): Promise<AlertsProof> {
  const { accountId, tenant } = input;
  const now = deps.clock.now();
  if (tenant !== null) {
    const { link, organizationName } = tenant;
    const sync = (await deps.syncs.get(link))?.value ?? null;
    const proven = countsHold({ link, sync, proven: isProven(sync, now, deps.intervalMs) });
    return { kind: "tenant", organizationName, proven, coverage: sync?.coverage ?? null };
  }
  const counts = await deps.links.countByState({ accountId });
  if (Object.values(counts).every((count) => count === 0)) return { kind: "noTenant" };
  const unproven = await deps.syncs.countUnproven({ accountId, before: shift(now, -provenFor(deps.intervalMs)) });
  return { kind: "account", unproven, paused: counts.paused ?? 0 };
}
