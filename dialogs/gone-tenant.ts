import { datedTimeWords } from "../cards/time-words.ts";
import type { RemovalStore } from "../services/ports/removal-store.ts";
import type { TenantScope } from "../services/ports/stores.ts";
import { NO_LONGER_CONNECTED } from "./show-tenant.ts";

/** What a click on a tenant that is not linked is answered with: who removed it and when, as far as that is known. */
export async function goneTenantWords(
  deps: { removals: Pick<RemovalStore, "get"> },
  scope: TenantScope,
): Promise<string> {
  const removed = await deps.removals.get(scope);
  return removed === null
    ? NO_LONGER_CONNECTED
    : `${removed.organizationName}'s tenant was removed by ${removed.removedBy.name}, ${datedTimeWords(removed.removedAt)}. Say \`connect tenant\` to connect it again.`;
}
