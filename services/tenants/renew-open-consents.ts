import { asksAgain, ENDED_CONSENT_STATES } from "../domain/consent-journey.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { ConsentStore, LinkStore, TenantScope } from "../ports/stores.ts";
import { changeJourney } from "./change-journey.ts";

export interface RenewOpenConsentsDeps {
  readonly consents: Pick<ConsentStore, "open" | "get" | "update">;
  readonly links: Pick<LinkStore, "get">;
  readonly queue: JobQueue;
  readonly clock: Clock;
}

/** Makes the consents due that a tenant is asked for again under another organization than it has now: card and page take the new name over. Idempotent. */
export async function renewOpenConsents(deps: RenewOpenConsentsDeps, scope: TenantScope): Promise<void> {
  const { accountId, tenantId } = scope;
  const link = (await deps.links.get({ accountId, tenantId }))?.value;
  if (link === undefined) return;
  for (const journey of await deps.consents.open(accountId)) {
    const stale = journey.expectedTenantId === tenantId && journey.organizationId !== link.organizationId;
    if (!asksAgain(journey) || !stale) continue;
    await changeJourney(deps, {
      read: () => deps.consents.get(journey.id),
      decide: (current) => ({
        store: ENDED_CONSENT_STATES.has(current.state) ? null : { journey: { ...current, dueAt: deps.clock.now() } },
        outcome: null,
      }),
    });
    deps.queue.add({ kind: "advance-consent", journeyId: journey.id });
  }
}
