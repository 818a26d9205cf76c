import type { ConsentJourney } from "../domain/consent-journey.ts";
import { isProven } from "../domain/coverage-watch.ts";
import { elapsed, type Instant, MINUTE, SECOND, shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { SyncStore } from "../ports/stores.ts";
import { journeyAudit } from "./change-journey.ts";
import type { PermissionCheck } from "./check-permissions.ts";
import { ANSWER_PATIENCE } from "./consent-stage.ts";
import { type FollowTenantDeps, goneStep } from "./follow-tenant.ts";
import { failedStep, type JourneyStep, laterStep } from "./journey-step.ts";
import { judgeGrantBreakdown } from "./judge-grant-breakdown.ts";
import { type LookAtPermissionsDeps, lookAtPermissions } from "./recheck-permissions.ts";
import { type CheckResult, grantedCount, type StoreCheckDeps, storeCheck } from "./store-check.ts";
import { FIRST_LOOK } from "./store-link.ts";

export interface CompleteConsentAgainDeps extends LookAtPermissionsDeps, StoreCheckDeps, FollowTenantDeps {
  readonly links: StoreCheckDeps["links"] & FollowTenantDeps["links"];
  readonly syncs: Pick<SyncStore, "get">;
  readonly intervalMs: number;
}

interface Look {
  readonly journey: ConsentJourney;
  readonly link: TenantLink;
  readonly now: Instant;
  /** Whether permissions may still have to spread through Microsoft. */
  readonly patient: boolean;
  readonly milliseconds: number;
  readonly show: boolean;
}

const SOON = 5 * SECOND;
const LATER = 30 * SECOND;

/**
 * The step after Microsoft said that a linked tenant consented again: asks, past every cached token, what is granted now.
 * Permissions not yet there are looked for during 10 minutes; a tenant that works again comes back without waiting for the
 * rest. Nothing is linked. Safe to repeat after a crash at any point.
 */
export async function completeConsentAgain(
  deps: CompleteConsentAgainDeps,
  { journey, link }: { journey: ConsentJourney; link: TenantLink },
): Promise<JourneyStep> {
  const now = deps.clock.now();
  const { grantedAt } = journey;
  if (grantedAt === null) return failedStep(deps, journey, "When consent was given is not known. Ask for it again.");
  const waited = elapsed(grantedAt, now);
  const look: Look = {
    journey,
    link,
    now,
    patient: waited < ANSWER_PATIENCE,
    milliseconds: waited < 2 * MINUTE ? SOON : LATER,
    // The first look shows the card as granted; the ones after it change nothing to be seen.
    show: journey.dueAt !== null && journey.dueAt <= grantedAt,
  };
  const result = await lookAtPermissions(deps, link);
  if (result.kind === "failed") return await afterBreakdown(deps, look, result);
  const { check } = result;
  if (look.patient && maySpread(check)) {
    const worksAgain = check.state === "connected" && link.state !== "connected" && link.state !== "paused";
    if (worksAgain) await storeCheck(deps, { tenantId: link.tenantId, result, by: null });
    const explanation = `${grantedCount(check)} permissions are granted so far. Microsoft can take 10 minutes to show the others; they are looked for.`;
    return laterStep(journey, { ...look, explanation });
  }
  const after = await storeCheck(deps, { tenantId: link.tenantId, result, by: null });
  return after === null ? await goneStep(deps, journey) : await checkedStep(deps, look, { link: after, check });
}

/**
 * The step after that, while the tenant is read: its card is shown when it can say up to when. Waits no longer than for
 * permissions, and not at all for a tenant that is not read.
 */
export async function readAgain(
  deps: Pick<CompleteConsentAgainDeps, "syncs" | "intervalMs" | "clock">,
  { journey, link }: { journey: ConsentJourney; link: TenantLink },
): Promise<JourneyStep> {
  const now = deps.clock.now();
  const patient = journey.grantedAt !== null && elapsed(journey.grantedAt, now) < ANSWER_PATIENCE;
  if (patient && (await waitsForRead(deps, link, now))) {
    return laterStep(journey, { now, milliseconds: FIRST_LOOK, explanation: null });
  }
  return { next: { ...journey, state: "connected", explanation: null, dueAt: null }, audit: null, show: true };
}

async function waitsForRead(
  deps: Pick<CompleteConsentAgainDeps, "syncs" | "intervalMs">,
  link: TenantLink,
  now: Instant,
): Promise<boolean> {
  // One that does not answer is tried again; in every other state nothing is read before somebody mends it.
  if (link.state !== "connected" && link.state !== "notAnswering") return false;
  const sync = await deps.syncs.get({ accountId: link.accountId, tenantId: link.tenantId });
  return !isProven(sync?.value ?? null, now, deps.intervalMs);
}

/** Whether more can come: any permission that is asked for, but those of a Defender that is not there never will. */
function maySpread(check: PermissionCheck): boolean {
  if (check.blocked.length > 0) return true;
  return check.missing.some((item) => item.resource === "graph" || check.defender === "available");
}

async function checkedStep(
  deps: CompleteConsentAgainDeps,
  { journey, now, patient }: Look,
  { link, check }: { link: TenantLink; check: PermissionCheck },
): Promise<JourneyStep> {
  const { tenantId: id, tenantName: name, tenantDomain: domain } = link;
  if (link.state !== "paused") deps.queue.add({ kind: "sync-tenant", tenantId: id });
  const audit = journeyAudit(deps, journey, {
    verb: "consent.check",
    actor: { kind: "watchdesk" },
    after: `${grantedCount(check)} granted, ${link.state}`,
  });
  const waits = patient && (await waitsForRead(deps, link, now));
  const next: ConsentJourney = {
    ...journey,
    state: waits ? "checking" : "connected",
    explanation: null,
    dueAt: waits ? shift(now, FIRST_LOOK) : null,
    tenant: { id, name, domain },
  };
  return { next, audit, show: true };
}

async function afterBreakdown(
  deps: CompleteConsentAgainDeps,
  look: Look,
  result: Extract<CheckResult, { kind: "failed" }>,
): Promise<JourneyStep> {
  const { journey, link } = look;
  const verdict = judgeGrantBreakdown({ ...look, breakdown: result.breakdown });
  switch (verdict.kind) {
    case "notOfTenant":
      throw result.breakdown;
    case "noConsent": {
      const after = await storeCheck(deps, { tenantId: link.tenantId, result, by: null });
      return after === null ? await goneStep(deps, journey) : failedStep(deps, journey, verdict.sentence);
    }
    case "later": {
      const { milliseconds, sentence } = verdict;
      return laterStep(journey, { ...look, milliseconds, explanation: sentence ?? journey.explanation });
    }
  }
}
