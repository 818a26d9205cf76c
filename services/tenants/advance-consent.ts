import { asksAgain, type ConsentJourney, ENDED_CONSENT_STATES } from "../domain/consent-journey.ts";
import { elapsed, type Instant, MINUTE, SECOND, shift } from "../domain/instant.ts";
import type {
  AlertStore,
  ConsentStore,
  EphemeralStore,
  LinkStore,
  OrganizationStore,
  Versioned,
} from "../ports/stores.ts";
import { changeJourney, type JourneyDecision, journeyAudit } from "./change-journey.ts";
import { type CompleteConsentAgainDeps, completeConsentAgain, readAgain } from "./complete-consent-again.ts";
import { type CompleteGrantDeps, completeGrant } from "./complete-grant.ts";
import { ANSWER_PATIENCE, consentStage } from "./consent-stage.ts";
import { followTenant } from "./follow-tenant.ts";
import { failedStep, type JourneyStep, laterStep } from "./journey-step.ts";
import { type ShowJourneyDeps, showJourney } from "./show-journey.ts";
import { FIRST_LOOK } from "./store-link.ts";

export interface AdvanceConsentDeps extends CompleteGrantDeps, CompleteConsentAgainDeps, ShowJourneyDeps {
  readonly consents: Pick<ConsentStore, "get" | "update">;
  readonly links: Pick<LinkStore, "create" | "get" | "findByTenant" | "update">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly syncs: CompleteConsentAgainDeps["syncs"];
  readonly alerts: Pick<AlertStore, "counts">;
  readonly ephemeral: EphemeralStore;
}

/**
 * The job behind a consent journey: takes the step that is due, edits the card and says when it is to be looked at next.
 * Idempotent: it can be run at any time, twice at once, and again after a crash at any point. Throws Breakdown when the
 * store does not answer.
 */
export async function advanceConsent(deps: AdvanceConsentDeps, input: { journeyId: string }): Promise<void> {
  const stored = await deps.consents.get(input.journeyId);
  if (stored === null) return;
  const step = await stepOf(deps, stored.value);
  if (!(await storeStep(deps, stored, step))) {
    // Somebody else moved it: look again at what it is now.
    deps.queue.add({ kind: "advance-consent", journeyId: input.journeyId });
    return;
  }
  if (step.show) await showStep(deps, step);
}

async function storeStep(
  deps: AdvanceConsentDeps,
  stored: Versioned<ConsentJourney>,
  step: JourneyStep,
): Promise<boolean> {
  // Due until its card is edited, so that a crash in between is made good.
  const journey = step.show ? { ...step.next, dueAt: deps.clock.now() } : step.next;
  const audit = step.audit === null ? {} : { audit: step.audit };
  return (await deps.consents.update({ journey, etag: stored.etag, ...audit })) === "stored";
}

async function showStep(deps: AdvanceConsentDeps, step: JourneyStep): Promise<void> {
  const { next } = step;
  const { activityId, wait } = await showJourney(deps, next);
  const again = wait === null ? null : shift(deps.clock.now(), wait);
  const dueAt = again !== null && (next.dueAt === null || again < next.dueAt) ? again : next.dueAt;
  await changeJourney(deps, {
    read: () => deps.consents.get(next.id),
    decide: (journey): JourneyDecision<null> => {
      const shown =
        journey.state === next.state && journey.openedAt === next.openedAt && journey.explanation === next.explanation;
      const sameCard = journey.cardActivityId === next.cardActivityId && journey.expiresAt === next.expiresAt;
      const posted = journey.cardActivityId === null && activityId !== null;
      const known = posted ? { ...journey, cardActivityId: activityId } : journey;
      // Changed meanwhile: due for that, with the card that is there now.
      if (!shown || !sameCard) return { store: posted ? { journey: known } : null, outcome: null };
      return { store: { journey: { ...known, dueAt } }, outcome: null };
    },
  });
}

async function stepOf(deps: AdvanceConsentDeps, journey: ConsentJourney): Promise<JourneyStep> {
  const now = deps.clock.now();
  const open = !ENDED_CONSENT_STATES.has(journey.state);
  const following = asksAgain(journey) && open ? await followTenant(deps, journey) : null;
  if (following !== null && following.kind !== "linked") return following.step;
  if (consentStage(journey, now) === "expired" && journey.state !== "expired") return expiredStep(deps, journey);
  switch (journey.state) {
    case "waiting":
    case "declined":
    case "wrongTenant":
    case "notAdmin":
    case "refused":
    case "awaitingConfirmation":
      return { next: { ...journey, dueAt: journey.expiresAt }, audit: null, show: true };
    case "opened":
      return openedStep(deps, journey, now);
    case "granted":
      return following === null
        ? completeGrant(deps, journey)
        : completeConsentAgain(deps, { journey, link: following.link });
    case "checking":
      return following === null
        ? firstReadStep(deps, journey, now)
        : readAgain(deps, { journey, link: following.link });
    case "connected":
    case "cancelled":
    case "expired":
    case "failed":
    case "removed":
      return { next: { ...journey, dueAt: null }, audit: null, show: true };
  }
}

function expiredStep(deps: AdvanceConsentDeps, journey: ConsentJourney): JourneyStep {
  const audit = journeyAudit(deps, journey, { verb: "consent.expire", actor: { kind: "watchdesk" }, after: "expired" });
  return { next: { ...journey, state: "expired", explanation: null, legs: [], dueAt: null }, audit, show: true };
}

function openedStep(deps: AdvanceConsentDeps, journey: ConsentJourney, now: Instant): JourneyStep {
  const openedAt = journey.openedAt ?? now;
  const answerBy = shift(openedAt, ANSWER_PATIENCE);
  if (journey.explanation !== null || answerBy >= journey.expiresAt) {
    return { next: { ...journey, dueAt: journey.expiresAt }, audit: null, show: true };
  }
  if (now < answerBy) return { next: { ...journey, dueAt: answerBy }, audit: null, show: true };
  const explanation = `Opened ${openedAt.slice(11, 16)} UTC, no answer from Microsoft. If its page named AADSTS650052, the tenant has no Defender for Endpoint; if AADSTS90094, an administrator has to sign in. The link can be opened again.`;
  const audit = journeyAudit(deps, journey, {
    verb: "consent.no-answer",
    actor: { kind: "watchdesk" },
    after: "no answer from Microsoft for 10 minutes",
  });
  return { next: { ...journey, explanation, dueAt: journey.expiresAt }, audit, show: true };
}

async function firstReadStep(deps: AdvanceConsentDeps, journey: ConsentJourney, now: Instant): Promise<JourneyStep> {
  const tenantId = journey.tenant?.id ?? "";
  const scope = { accountId: journey.accountId, tenantId };
  const [link, sync] = await Promise.all([deps.links.get(scope), deps.syncs.get(scope)]);
  if (link === null || sync === null || link.value.organizationId !== journey.organizationId) {
    return failedStep(deps, journey, "The connection was removed before the first read ended.");
  }
  const proven = sync.value.coverage !== null;
  const troubled = link.value.state !== "connected" && sync.value.lastTriedAt !== null;
  if (!proven && !troubled) {
    const waited = elapsed(link.value.linkedAt, now);
    const milliseconds = waited < 2 * MINUTE ? FIRST_LOOK : 15 * SECOND;
    const explanation = waited < 2 * MINUTE ? null : "The first read takes longer than usual.";
    return laterStep(journey, { now, milliseconds, explanation });
  }
  const after = proven ? `alerts read up to ${sync.value.coverage}` : `linked, ${link.value.state}`;
  const audit = journeyAudit(deps, journey, { verb: "consent.connected", actor: { kind: "watchdesk" }, after });
  return { next: { ...journey, state: "connected", explanation: null, dueAt: null }, audit, show: true };
}
