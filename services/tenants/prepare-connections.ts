import { asksAgain, type ConsentJourney } from "../domain/consent-journey.ts";
import type { ConsentListRow } from "../domain/consent-list.ts";
import { HOUR, type Instant, shift } from "../domain/instant.ts";
import { type Organization, organizationKey } from "../domain/organization.ts";
import { allOrganizations } from "../organizations/all-organizations.ts";
import { type ListedName, type ListReading, readOrganizationList } from "../organizations/read-organization-list.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { ConsentStore, EphemeralStore, OrganizationStore } from "../ports/stores.ts";
import { consentStage } from "./consent-stage.ts";
import { type KnownOrganization, type PlannedLine, planConnections } from "./plan-connections.ts";

export interface PrepareConnectionsDeps {
  readonly organizations: Pick<OrganizationStore, "list">;
  readonly consents: Pick<ConsentStore, "open">;
  readonly ephemeral: EphemeralStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type ConnectionPreparation =
  | { readonly kind: "planned"; readonly listId: string; readonly lines: readonly PlannedLine[] }
  /** All organizations without a tenant were asked for, and there is none. */
  | { readonly kind: "noneFree" }
  | Exclude<ListReading, { kind: "list" }>;

/** A list between its preview and its confirmation, and what it came to: kept for an hour, for whoever made it. */
export interface KeptList {
  readonly accountId: string;
  readonly personId: string;
  readonly lines: readonly PlannedLine[];
  /** Null before it is confirmed. */
  readonly rows: readonly ConsentListRow[] | null;
}

/** The most organizations that one list may hold. */
export const CONNECTIONS_LIMIT = 1_000;

const CONFIRMED_WITHIN = HOUR;

/**
 * Reads a list of organizations, one per line with an optional domain, or takes all without a tenant (`text` null), and
 * says what connecting them would do. Nothing is made yet.
 */
export async function prepareConnections(
  deps: PrepareConnectionsDeps,
  input: { accountId: string; personId: string; text: string | null },
): Promise<ConnectionPreparation> {
  const { accountId, personId, text } = input;
  const free = await allOrganizations(deps, accountId, { linked: false });
  const reading =
    text === null ? listOf(free) : readOrganizationList(text, { limit: CONNECTIONS_LIMIT, domains: true });
  if (reading.kind !== "list") return reading;
  const linked = text === null ? [] : await allOrganizations(deps, accountId, { linked: true });
  const open = openByOrganization(await deps.consents.open(accountId), deps.clock.now());
  const known = new Map<string, KnownOrganization>();
  for (const { id, name } of linked) known.set(organizationKey(name), { id, name, tenant: "linked" });
  for (const { id, name } of free) {
    known.set(organizationKey(name), { id, name, tenant: open.has(id) ? "open" : "none" });
  }
  const lines = planConnections(reading.names, known);
  const listId = deps.randomness.id();
  await keepList(deps, listId, { accountId, personId, lines, rows: null });
  return { kind: "planned", listId, lines };
}

function listOf(
  free: readonly Organization[],
): { kind: "list"; names: readonly ListedName[] } | { kind: "noneFree" } | { kind: "tooManyLines"; lines: number } {
  if (free.length === 0) return { kind: "noneFree" };
  if (free.length > CONNECTIONS_LIMIT) return { kind: "tooManyLines", lines: free.length };
  return { kind: "list", names: free.map(({ name }, at) => ({ line: at + 1, text: name })) };
}

/** The journeys that are to link a tenant and have not ended, the newest of each organization. */
export function openByOrganization(open: readonly ConsentJourney[], now: Instant): ReadonlyMap<string, ConsentJourney> {
  const found = new Map<string, ConsentJourney>();
  for (const journey of open) {
    const counts = !asksAgain(journey) && consentStage(journey, now) !== "expired";
    if (counts && !found.has(journey.organizationId)) found.set(journey.organizationId, journey);
  }
  return found;
}

/** A list of this person of this account; null: stopped, too old, or somebody else's. */
export async function keptList(
  deps: Pick<PrepareConnectionsDeps, "ephemeral">,
  input: { accountId: string; personId: string; listId: string },
): Promise<KeptList | null> {
  const stored = await deps.ephemeral.get(listKey(input.listId));
  if (stored === null) return null;
  const kept: KeptList = JSON.parse(stored.value);
  return kept.accountId === input.accountId && kept.personId === input.personId ? kept : null;
}

/** Keeps a list as it is now for another hour. */
export async function keepList(
  deps: Pick<PrepareConnectionsDeps, "ephemeral" | "clock">,
  listId: string,
  kept: KeptList,
): Promise<void> {
  const endsAt = shift(deps.clock.now(), CONFIRMED_WITHIN);
  await deps.ephemeral.put({ key: listKey(listId), value: JSON.stringify(kept), etag: "*", endsAt });
}

/** Forgets a list that was not confirmed; false when there was none to forget. */
export async function cancelList(
  deps: Pick<PrepareConnectionsDeps, "ephemeral">,
  input: { accountId: string; personId: string; listId: string },
): Promise<boolean> {
  const kept = await keptList(deps, input);
  if (kept === null || kept.rows !== null) return false;
  await deps.ephemeral.remove(listKey(input.listId));
  return true;
}

const listKey = (listId: string): string => `connect-list:${listId}`;
