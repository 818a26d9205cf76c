import { setImmediate as letOthersGoOn } from "node:timers/promises";
import type { AuditRow } from "../domain/audit.ts";
import { HOUR, shift } from "../domain/instant.ts";
import { organizationKey } from "../domain/organization.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AuditStore, EphemeralStore, OrganizationStore } from "../ports/stores.ts";
import { allOrganizations } from "./all-organizations.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { type ListReading, readOrganizationList } from "./read-organization-list.ts";

export interface ImportDeps {
  readonly organizations: Pick<OrganizationStore, "list" | "addMany">;
  readonly audit: Pick<AuditStore, "append">;
  readonly ephemeral: EphemeralStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type Preparation =
  | { readonly kind: "planned"; readonly importId: string; readonly plan: ImportPlan }
  | Exclude<ListReading, { kind: "list" }>;

export type ImportOutcome =
  | { readonly kind: "done"; readonly added: number; readonly existed: number }
  | { readonly kind: "doneBefore"; readonly added: number }
  /** Stopped, too old, or somebody else's. */
  | { readonly kind: "gone" };

/** How long a preview can be confirmed. */
const CONFIRMED_WITHIN = HOUR;
/** Names kept in one value: a store may hold values of 2 MB at most. */
const NAMES_PER_PART = 1_000;
/** Added in one transaction: short enough that nobody else waits for it. */
const BATCH = 100;

interface KeptImport {
  readonly accountId: string;
  readonly personId: string;
  readonly parts: number;
  /** How many were added; null before it is confirmed. */
  readonly added: number | null;
}

/** Reads a list and says what an import of it would do. Nothing is added yet; what is new is kept for an hour. */
export async function prepareImport(
  deps: ImportDeps,
  input: { accountId: string; personId: string; text: string },
): Promise<Preparation> {
  const reading = readOrganizationList(input.text);
  if (reading.kind !== "list") return reading;
  const existing = await allOrganizations(deps, input.accountId);
  const plan = planImport(reading.names, new Set(existing.map(({ name }) => organizationKey(name))));
  const importId = deps.randomness.id();
  const parts = Math.ceil(plan.fresh.length / NAMES_PER_PART);
  for (let part = 0; part < parts; part += 1) {
    const names = plan.fresh.slice(part * NAMES_PER_PART, (part + 1) * NAMES_PER_PART).map(({ text }) => text);
    await keep(deps, partKey(importId, part), names);
  }
  const { accountId, personId } = input;
  await keep(deps, importKey(importId), { accountId, personId, parts, added: null } satisfies KeptImport);
  return { kind: "planned", importId, plan };
}

/**
 * Adds what a preview showed as new, in batches, with an audit row each and one for the whole. Idempotent: names that
 * are there by now are left alone, and after a crash it adds the rest.
 */
export async function confirmImport(
  deps: ImportDeps,
  input: { accountId: string; importId: string; by: Person; where: string },
): Promise<ImportOutcome> {
  const kept = await keptImport(deps, { ...input, personId: input.by.id });
  if (kept === null) return { kind: "gone" };
  if (kept.added !== null) return { kind: "doneBefore", added: kept.added };
  let added = 0;
  let existed = 0;
  for (let part = 0; part < kept.parts; part += 1) {
    const stored = await deps.ephemeral.get(partKey(input.importId, part));
    const names: readonly string[] = stored === null ? [] : JSON.parse(stored.value);
    for (let from = 0; from < names.length; from += BATCH) {
      const batch = names.slice(from, from + BATCH);
      const { size } = await deps.organizations.addMany(batch.map((name) => addition(deps, input, name)));
      added += size;
      existed += batch.length - size;
      await letOthersGoOn();
    }
  }
  const counts = `${added} added, ${existed} there already`;
  await deps.audit.append([
    auditRow(deps, input, { verb: "organization.import", target: "organizations", after: counts }),
  ]);
  await keep(deps, importKey(input.importId), { ...kept, added });
  return { kind: "done", added, existed };
}

/** Forgets a preview; false when there was none to forget. */
export async function cancelImport(
  deps: Pick<ImportDeps, "ephemeral">,
  input: { accountId: string; personId: string; importId: string },
): Promise<boolean> {
  const kept = await keptImport(deps, input);
  if (kept === null || kept.added !== null) return false;
  await deps.ephemeral.remove(importKey(input.importId));
  for (let part = 0; part < kept.parts; part += 1) await deps.ephemeral.remove(partKey(input.importId, part));
  return true;
}

async function keptImport(
  deps: Pick<ImportDeps, "ephemeral">,
  input: { accountId: string; personId: string; importId: string },
): Promise<KeptImport | null> {
  const stored = await deps.ephemeral.get(importKey(input.importId));
  if (stored === null) return null;
  const kept: KeptImport = JSON.parse(stored.value);
  return kept.accountId === input.accountId && kept.personId === input.personId ? kept : null;
}

async function keep(deps: Pick<ImportDeps, "ephemeral" | "clock">, key: string, value: unknown): Promise<void> {
  const endsAt = shift(deps.clock.now(), CONFIRMED_WITHIN);
  await deps.ephemeral.put({ key, value: JSON.stringify(value), etag: "*", endsAt });
}

type Importer = { readonly accountId: string; readonly importId: string; readonly by: Person; readonly where: string };

function addition(deps: ImportDeps, input: Importer, name: string) {
  const organization = { accountId: input.accountId, id: deps.randomness.id(), name, createdAt: deps.clock.now() };
  return { organization, audit: auditRow(deps, input, { verb: "organization.add", target: name, after: name }) };
}

function auditRow(
  deps: ImportDeps,
  { accountId, importId, by, where }: Importer,
  what: Pick<AuditRow, "verb" | "target" | "after">,
): AuditRow {
  return {
    accountId,
    tenantId: null,
    id: deps.randomness.id(),
    operationId: importId,
    at: deps.clock.now(),
    phase: "done",
    actor: { kind: "person", id: by.id, name: by.name },
    before: null,
    where,
    ...what,
  };
}

const importKey = (importId: string): string => `import:${importId}`;
const partKey = (importId: string, part: number): string => `import:${importId}:${part}`;
