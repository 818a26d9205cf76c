import { Breakdown } from "../domain/breakdown.ts";
import type { Log } from "../ports/log.ts";
import { type CheckPermissionsDeps, checkPermissions } from "./check-permissions.ts";
import { type CheckResult, type StoreCheckDeps, type StoreCheckInput, storeCheck } from "./store-check.ts";

export interface LookAtPermissionsDeps extends CheckPermissionsDeps {
  readonly log: Log;
  /** Told when Entra refuses our own credential, which says nothing of the tenant. */
  readonly credentialRefused: (tenantId: string, breakdown: Breakdown) => Promise<void>;
}

export interface RecheckDeps extends LookAtPermissionsDeps, StoreCheckDeps {}

export type RecheckOutcome = CheckResult | { readonly kind: "gone" };

/**
 * Checks a linked tenant's permissions and keeps its state true. A failing read that has nothing to do with permissions is
 * ended by the next complete read, not here. Idempotent. `by` is who asked for it; null for the daily check.
 */
export async function recheckPermissions(
  deps: RecheckDeps,
  input: Omit<StoreCheckInput, "result">,
): Promise<RecheckOutcome> {
  if ((await deps.links.findByTenant(input.tenantId)) === null) return { kind: "gone" };
  const result = await lookAtPermissions(deps, input);
  return (await storeCheck(deps, { ...input, result })) === null ? { kind: "gone" } : result;
}

/** Checks a tenant's permissions and stores nothing: a breakdown is a result too. */
export async function lookAtPermissions(
  deps: LookAtPermissionsDeps,
  { tenantId }: { tenantId: string },
): Promise<CheckResult> {
  try {
    return { kind: "checked", check: await checkPermissions(deps, { tenantId }) };
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    deps.log.warn("A tenant's permissions could not be checked.", {
      tenantId,
      code: cause.code,
      detail: cause.detail,
    });
    if (cause.code === "credential-failing") await deps.credentialRefused(tenantId, cause);
    return { kind: "failed", breakdown: cause };
  }
}
