import type { AuditRow } from "../domain/audit.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { ConsentJourney } from "../domain/consent-journey.ts";
import { type ConsentListRow, countRows } from "../domain/consent-list.ts";
import { MINUTE, shift } from "../domain/instant.ts";
import type { Person } from "../domain/person.ts";
import type { AuditStore, ConsentStore, EphemeralStore, LinkStore, OrganizationStore } from "../ports/stores.ts";
import { changeJourney, personActor } from "./change-journey.ts";
import { type CreateJourneyDeps, createJourney } from "./create-journey.ts";
import { type ExpectedTenantDeps, findExpectedTenant, type UnusableDomain } from "./expected-tenant.ts";
import type { PlannedLine } from "./plan-connections.ts";
import { keepList, keptList, openByOrganization } from "./prepare-connections.ts";
import { wrongLineWords } from "./wrong-line-words.ts";

export interface MakeConnectionsDeps extends CreateJourneyDeps, ExpectedTenantDeps {
  readonly organizations: Pick<OrganizationStore, "get" | "addMany" | "findByName">;
  readonly links: Pick<LinkStore, "findByTenant" | "findByOrganization">;
  readonly consents: Pick<ConsentStore, "create" | "get" | "open" | "update">;
  readonly audit: Pick<AuditStore, "append">;
  readonly ephemeral: EphemeralStore;
}

export interface MakeConnectionsInput {
  readonly accountId: string;
  readonly listId: string;
  readonly by: Person;
  /** The conversation (1:1) in which cards are shown once there is news. */
  readonly conversationId: string;
}

export type MakeConnectionsOutcome =
  | { readonly kind: "made"; readonly rows: readonly ConsentListRow[] }
  /** Another click on the same list is at it. */
  | { readonly kind: "underWay" }
  /** Stopped, too old, or somebody else's. */
  | { readonly kind: "gone" };

type Placed = Extract<PlannedLine, { kind: "linked" | "open" | "known" | "new" }>;
type Run = MakeConnectionsInput & { readonly open: ReadonlyMap<string, ConsentJourney> };

/** Domains that Microsoft is asked for at the same moment. */
const AT_ONCE = 8;
/** After a crash the list can be confirmed again; what it had made is found open then. */
const AT_MOST = 10 * MINUTE;

/**
 * Makes the consent links of a list, each with its audit row; what is linked or has an open link keeps it. A line that
 * does not work stops no other. Confirmed again, it gives the same rows.
 */
export async function makeConnections(
  deps: MakeConnectionsDeps,
  input: MakeConnectionsInput,
): Promise<MakeConnectionsOutcome> {
  const { accountId, listId, by } = input;
  const which = { accountId, personId: by.id, listId };
  const key = `connect-list-run:${listId}`;
  const endsAt = shift(deps.clock.now(), AT_MOST);
  if ((await deps.ephemeral.put({ key, value: "true", etag: null, endsAt })) === "conflict")
    return { kind: "underWay" };
  try {
    const kept = await keptList(deps, which);
    if (kept === null) return { kind: "gone" };
    if (kept.rows !== null) return { kind: "made", rows: kept.rows };
    const open = openByOrganization(await deps.consents.open(accountId), deps.clock.now());
    const rows = await connectAll(deps, { ...input, open }, kept.lines);
    await keepList(deps, listId, { ...kept, rows });
    const { new: made, open: stayed, linked, problem } = countRows(rows);
    const after = `${made} links made, ${stayed} open already, ${linked} linked already, ${problem} with a problem`;
    await deps.audit.append([auditRow(deps, input, { verb: "consent.list", target: "consent links", after })]);
    return { kind: "made", rows };
  } finally {
    await deps.ephemeral.remove(key);
  }
}

async function connectAll(
  deps: MakeConnectionsDeps,
  run: Run,
  lines: readonly PlannedLine[],
): Promise<readonly ConsentListRow[]> {
  const rows: ConsentListRow[] = [];
  const waiting = lines.entries();
  const work = async () => {
    for (const [at, line] of waiting) rows[at] = await connectLine(deps, run, line);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return rows;
}

async function connectLine(deps: MakeConnectionsDeps, run: Run, line: PlannedLine): Promise<ConsentListRow> {
  if (line.kind === "wrong") return problemRow(line, wrongLineWords(line.reason));
  if (line.kind === "same") return problemRow(line, `The same organization stands on line ${line.firstLine}.`);
  const known = await organizationOf(deps, run, line);
  const link = known === null ? null : await deps.links.findByOrganization(run.accountId, known.id);
  if (link !== null) {
    const { name } = known ?? line;
    return { organizationName: name, domain: link.tenantDomain, state: "linked", journeyId: null, problem: null };
  }
  const open = known === null ? undefined : run.open.get(known.id);
  if (open !== undefined) return openRow(await withWorkingLink(deps, open), line);
  const expected = line.domain === null ? null : await lookUp(deps, run.accountId, line.domain);
  if (expected !== null && "problem" in expected) return problemRow(line, expected.problem);
  const organization = known ?? (await addOrganization(deps, run, line.name));
  const { by: requestedBy, conversationId, accountId } = run;
  const journey = await createJourney(deps, { accountId, organization, requestedBy, conversationId, expected });
  const shown = { organizationName: organization.name, domain: line.domain };
  return { ...shown, state: "new", journeyId: journey.id, problem: null };
}

/** The organization that a line means by now; null where it is to be added. */
async function organizationOf(deps: MakeConnectionsDeps, run: Run, line: Placed) {
  return line.kind === "new"
    ? await deps.organizations.findByName(run.accountId, line.name)
    : ((await deps.organizations.get(run.accountId, line.organizationId)) ??
        (await deps.organizations.findByName(run.accountId, line.name)));
}

async function addOrganization(deps: MakeConnectionsDeps, run: Run, name: string) {
  const id = deps.randomness.id();
  const organization = { accountId: run.accountId, id, name, createdAt: deps.clock.now() };
  const audit = auditRow(deps, run, { verb: "organization.add", target: name, after: name });
  const added = await deps.organizations.addMany([{ organization, audit }]);
  if (added.has(id)) return organization;
  return (await deps.organizations.findByName(run.accountId, name)) ?? organization;
}

async function lookUp(deps: MakeConnectionsDeps, accountId: string, domain: string) {
  try {
    const found = await findExpectedTenant(deps, { accountId, domain });
    return "kind" in found ? { problem: domainWords(found) } : found;
  } catch (cause) {
    // Ours, not this line's.
    if (!(cause instanceof Breakdown) || cause.code === "store-unavailable") throw cause;
    return { problem: "Microsoft did not answer for this domain. Send the line once more later." };
  }
}

function domainWords(found: UnusableDomain): string {
  if (found.kind === "domainUnknown") return "Microsoft knows no tenant with this domain.";
  return found.where === "here"
    ? `The tenant of this domain is connected to ${found.organizationName} already.`
    : "The tenant of this domain cannot be connected here.";
}

/** A link that our changed secret has broken works again, under its new address. */
async function withWorkingLink(deps: MakeConnectionsDeps, open: ConsentJourney): Promise<ConsentJourney> {
  const linkHash = deps.consentLinks.hash(deps.consentLinks.idOf(open.id));
  if (linkHash === open.linkHash) return open;
  await changeJourney(deps, {
    read: () => deps.consents.get(open.id),
    decide: (journey) => ({ store: { journey: { ...journey, linkHash } }, outcome: null }),
  });
  return { ...open, linkHash };
}

function openRow(journey: ConsentJourney, line: Placed): ConsentListRow {
  const { id: journeyId, organizationName, expectedDomain } = journey;
  const other = line.domain !== null && line.domain !== expectedDomain;
  const problem = other
    ? `A link is open that expects ${expectedDomain ?? "no domain"}; cancel it on its card to have another.`
    : null;
  return { organizationName, domain: expectedDomain, state: "open", journeyId, problem };
}

function problemRow({ name, domain }: PlannedLine, problem: string): ConsentListRow {
  return { organizationName: name, domain, state: "problem", journeyId: null, problem };
}

function auditRow(
  deps: MakeConnectionsDeps,
  input: MakeConnectionsInput,
  what: Pick<AuditRow, "verb" | "target" | "after">,
): AuditRow {
  return {
    accountId: input.accountId,
    tenantId: null,
    id: deps.randomness.id(),
    operationId: input.listId,
    at: deps.clock.now(),
    phase: "done",
    actor: personActor(input.by),
    before: null,
    where: input.conversationId,
    ...what,
  };
}
