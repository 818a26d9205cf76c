import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { LinkStore, TenantScope } from "../ports/stores.ts";
import { personActor } from "./change-journey.ts";

export interface RemoveLinkDeps {
  readonly links: Pick<LinkStore, "get" | "remove">;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type RemoveLinkOutcome =
  | { readonly kind: "removed"; readonly tenantName: string }
  | { readonly kind: "missing" }
  /** Somebody else changed it in between: look again, then decide. */
  | { readonly kind: "conflict" };

/**
 * Takes a tenant off: its alerts, cards' records, sync state and settings are deleted with it. The consent at Microsoft
 * stays; only the tenant's admin can withdraw it. Who may do so is the caller's question.
 */
export async function removeLink(
  deps: RemoveLinkDeps,
  input: { scope: TenantScope; by: Person; where: string | null },
): Promise<RemoveLinkOutcome> {
  const stored = await deps.links.get(input.scope);
  if (stored === null) return { kind: "missing" };
  const { tenantName } = stored.value;
  const id = deps.randomness.id();
  const outcome = await deps.links.remove({
    scope: input.scope,
    etag: stored.etag,
    audit: {
      ...input.scope,
      id,
      operationId: id,
      at: deps.clock.now(),
      phase: "done",
      actor: personActor(input.by),
      verb: "tenant.remove",
      target: tenantName,
      before: stored.value.state,
      after: "removed",
      where: input.where,
    },
  });
  return outcome === "stored" ? { kind: "removed", tenantName } : { kind: "conflict" };
}
