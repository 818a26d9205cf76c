import { Breakdown } from "../domain/breakdown.ts";
import { type ConsentJourney, isOwnTenant, mustBeConfirmed } from "../domain/consent-journey.ts";
import { elapsed, type Instant, SECOND } from "../domain/instant.ts";
import { journeyAudit } from "./change-journey.ts";
import { type CheckPermissionsDeps, checkPermissions, type PermissionCheck } from "./check-permissions.ts";
import { ANSWER_PATIENCE } from "./consent-stage.ts";
import { type CredentialAlarmDeps, credentialRefused } from "./credential-alarm.ts";
import { failedStep, type JourneyStep, laterStep } from "./journey-step.ts";
import { judgeGrantBreakdown } from "./judge-grant-breakdown.ts";
import { type StoreLinkDeps, storeLink } from "./store-link.ts";

export interface CompleteGrantDeps extends CheckPermissionsDeps, StoreLinkDeps, CredentialAlarmDeps {}

const OWN_TENANT =
  "This is the tenant of your own team, not a customer's. Nothing is connected unless you confirm that Watchdesk is to watch it as this organization, with auto-resolve as your settings say.";
const SOON = 5 * SECOND;

/**
 * The step after Microsoft said that a tenant consented: asks what was really granted, what the tenant is called, and
 * links it, or asks the requester whether it is the right one. Safe to repeat after a crash at any point.
 */
export async function completeGrant(deps: CompleteGrantDeps, journey: ConsentJourney): Promise<JourneyStep> {
  const now = deps.clock.now();
  const { tenant, grantedAt } = journey;
  if (tenant === null || grantedAt === null)
    return failedStep(deps, journey, "What was granted is not known. Connect again.");
  const patient = elapsed(grantedAt, now) < ANSWER_PATIENCE;
  // The first look shows the card as granted; the ones after it change nothing to be seen.
  const show = journey.dueAt !== null && journey.dueAt <= grantedAt;
  try {
    const check = await checkPermissions(deps, { tenantId: tenant.id });
    const roles = check.granted.graph.length + check.granted.defender.length;
    if (patient && waitsForRoles(check)) {
      return laterStep(journey, { now, milliseconds: SOON, explanation: journey.explanation, show });
    }
    if (roles === 0) {
      return failedStep(
        deps,
        journey,
        "Microsoft shows none of the permissions as granted, 10 minutes after the consent. Nothing was connected; connect again and accept Microsoft's prompt.",
      );
    }
    // Without Organization.Read.All the typed domain, or the id, stands for the name.
    const { name, domain } = check.description ?? tenant;
    const described = { ...journey, tenant: { id: tenant.id, name, domain } };
    if (mustBeConfirmed(journey, tenant.id)) return askRequester(deps, described);
    return await storeLink(deps, { journey: described, check });
  } catch (cause) {
    if (!(cause instanceof Breakdown)) throw cause;
    if (cause.code === "credential-failing") {
      await credentialRefused(deps, { tenantId: tenant.id, breakdown: cause });
    }
    return afterBreakdown(deps, { journey, breakdown: cause, patient, now, show });
  }
}

/** Core roles that can still come, or come into force: those of a Defender that is not there never will. */
function waitsForRoles(check: PermissionCheck): boolean {
  if (check.blocked.length > 0) return true;
  return check.missingCore.some((item) => item.resource === "graph" || check.defender === "available");
}

function askRequester(deps: CompleteGrantDeps, journey: ConsentJourney): JourneyStep {
  const audit = journeyAudit(deps, journey, {
    verb: "consent.ask",
    actor: { kind: "watchdesk" },
    after: `${journey.tenant?.name} (${journey.tenant?.domain})`,
  });
  const explanation = isOwnTenant(journey, journey.tenant?.id ?? "") ? OWN_TENANT : null;
  const next = { ...journey, state: "awaitingConfirmation" as const, explanation, dueAt: journey.expiresAt };
  return { next, audit, show: true };
}

function afterBreakdown(
  deps: CompleteGrantDeps,
  input: { journey: ConsentJourney; breakdown: Breakdown; patient: boolean; now: Instant; show: boolean },
): JourneyStep {
  const { journey, breakdown, now, show } = input;
  const verdict = judgeGrantBreakdown(input);
  if (verdict.kind === "notOfTenant") throw breakdown;
  if (verdict.kind === "noConsent") return failedStep(deps, journey, `${verdict.sentence} Connect again.`);
  const { milliseconds, sentence } = verdict;
  return laterStep(journey, { now, milliseconds, explanation: sentence ?? journey.explanation, show });
}
