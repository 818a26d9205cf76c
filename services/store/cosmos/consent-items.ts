import { type ConsentJourney, ENDED_CONSENT_STATES } from "../../domain/consent-journey.ts";
import { type Item, itemId } from "./cosmos-item.ts";
import type { ReferenceKey } from "./cosmos-references.ts";

export function consentId(journeyId: string): string {
  return itemId("consent", journeyId);
}

export function consentItem(journey: ConsentJourney): Item<ConsentJourney> {
  const { id, dueAt } = journey;
  return { id: consentId(id), kind: "consent", keys: { id, dueAt, open: isOpen(journey) }, value: journey };
}

export function isOpen(journey: ConsentJourney): boolean {
  return !ENDED_CONSENT_STATES.has(journey.state);
}

/** All that the journey is found by, beside its account. */
export function keysOf({ id, linkHash, legs }: ConsentJourney): readonly ReferenceKey[] {
  const states = legs.map(({ stateHash }) => ({ to: "consentState", key: stateHash }) as const);
  return [{ to: "consent", key: id }, { to: "consentLink", key: linkHash }, ...states];
}

export function isSame(left: ReferenceKey, right: ReferenceKey): boolean {
  return left.to === right.to && left.key === right.key;
}

/** The tenants that its sign-in, or one of its legs, proved. */
export function tenantsOf({ tenant, legs }: ConsentJourney): ReadonlySet<string> {
  return new Set([tenant?.id ?? null, ...legs.map(({ tenantId }) => tenantId)].filter((id) => id !== null));
}
