import { Breakdown } from "../domain/breakdown.ts";
import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import type { SignedIn } from "../ports/sign-in.ts";
import type { LinkStore } from "../ports/stores.ts";
import type { TenantDirectory } from "../ports/tenant-directory.ts";
import type { RefusalReason } from "./refusal.ts";

/** Template ids of the roles that can grant Microsoft Graph application permissions: Global and Privileged Role Administrator. */
const CONSENTING_ROLES: ReadonlySet<string> = new Set([
  "62e90394-69f5-4237-9190-012177145e10",
  "e8611ab8-c189-46e8-94e1-60213ab1f814",
]);

/** The tenant of all personal Microsoft accounts. */
const CONSUMER_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

export interface JudgeSignInDeps {
  readonly links: Pick<LinkStore, "findByTenant">;
  readonly directory: Pick<TenantDirectory, "grantedRoles">;
}

/**
 * Why this sign-in may not lead on to the consent prompt; null when it may. A tenant id alone proves membership only:
 * without the roles in the token, a tenant that had consented before could be claimed by any of its users.
 */
export async function judgeSignIn(
  deps: JudgeSignInDeps,
  input: { journey: ConsentJourney; who: SignedIn },
): Promise<RefusalReason | null> {
  const { journey, who } = input;
  if (who.tenantId === CONSUMER_TENANT) return "personalAccount";
  if (journey.expectedTenantId !== null && journey.expectedTenantId !== who.tenantId) return "wrongTenant";
  if (who.guest) return "guest";
  if (who.directoryRoles === null) {
    if (needsProof(journey) && (await hasGranted(deps, who.tenantId))) return "adminNotProven";
  } else if (!who.directoryRoles.some((role) => CONSENTING_ROLES.has(role.toLowerCase()))) {
    return "notAdmin";
  }
  const link = await deps.links.findByTenant(who.tenantId);
  if (asksAgain(journey)) return link?.value.accountId === journey.accountId ? null : "noLongerLinked";
  if (link === null) return null;
  return link.value.accountId === journey.accountId ? "tenantLinkedHere" : "tenantLinkedElsewhere";
}

/**
 * Whether an admin's sign-in is the only proof, where the token tells no roles: it is for a tenant that is to be linked, since
 * any of its users could claim one that had consented before. A consent that is asked for again maps nothing: the tenant is
 * linked by this account, no other is let through, Microsoft's prompt refuses whoever may not consent, and what follows is a
 * look at the truth. To insist on tokens without roles would shut out nearly every tenant that has still some of them.
 */
export function needsProof(journey: ConsentJourney): boolean {
  return !asksAgain(journey);
}

async function hasGranted(deps: JudgeSignInDeps, tenantId: string): Promise<boolean> {
  try {
    const roles = await deps.directory.grantedRoles(tenantId);
    return roles.graph.length + roles.defender.length > 0;
  } catch (cause) {
    // No service principal in the tenant: nothing was ever granted.
    if (cause instanceof Breakdown && cause.code === "consent-missing") return false;
    throw cause;
  }
}
