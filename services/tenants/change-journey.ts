import type { Actor, AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore, Versioned } from "../ports/stores.ts";

const TRIES = 8;

/** What becomes of the journey as it is now (`store` null: nothing is written), and what the caller is told. */
export interface JourneyDecision<Outcome> {
  readonly store: { readonly journey: ConsentJourney; readonly audit?: AuditRow } | null;
  readonly outcome: Outcome;
}

/**
 * Reads a journey, decides and stores; when somebody else writes in between, reads and decides again. Null: no such
 * journey. Throws Breakdown "conflict" when others keep writing.
 */
export async function changeJourney<Outcome>(
  deps: { consents: Pick<ConsentStore, "update"> },
  input: {
    read: () => Promise<Versioned<ConsentJourney> | null>;
    decide: (journey: ConsentJourney) => JourneyDecision<Outcome>;
  },
): Promise<Outcome | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await input.read();
    if (stored === null) return null;
    const decision = input.decide(stored.value);
    if (decision.store === null) return decision.outcome;
    if ((await deps.consents.update({ ...decision.store, etag: stored.etag })) === "stored") return decision.outcome;
  }
  throw new Breakdown("conflict", "A consent journey was changed by others again and again.", { retryable: true });
}

/** The audit row of one step of a journey; `after` says in a few words what came of it. */
export function journeyAudit(
  deps: { randomness: Randomness; clock: Clock },
  journey: ConsentJourney,
  step: { verb: string; actor: Actor; after: string; where?: string },
): AuditRow {
  return {
    accountId: journey.accountId,
    tenantId: journey.tenant?.id ?? (asksAgain(journey) ? journey.expectedTenantId : null),
    id: deps.randomness.id(),
    operationId: journey.id,
    at: deps.clock.now(),
    phase: "done",
    actor: step.actor,
    verb: step.verb,
    target: journey.organizationName,
    before: journey.state,
    after: step.after,
    where: step.where ?? null,
  };
}

/** A person of the account as the audit log names them. */
export function personActor(person: Person): Actor {
  return { kind: "person", id: person.id, name: person.name };
}
