import type { AuditRow } from "../domain/audit.ts";
import { type Organization, organizationKey, readOrganizationName } from "../domain/organization.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { DirectoryOrganization } from "../ports/organization-directory.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { OrganizationStore } from "../ports/stores.ts";
import { allOrganizations } from "./all-organizations.ts";
import { decideDirectoryChange } from "./decide-directory-change.ts";
import { type ShowNewNameDeps, showNewName } from "./show-new-name.ts";

export interface ApplyDeps extends ShowNewNameDeps {
  readonly organizations: Pick<OrganizationStore, "list" | "addMany" | "rename">;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** A name of the directory that another organization here holds; `currentName` is what its own is called here, if it is. */
export interface DirectoryConflict {
  readonly directoryId: string;
  readonly directoryName: string;
  readonly currentName: string | null;
}

/** What the account has, as it is changed while a directory is read. */
export interface KnownOrganizations {
  readonly byDirectoryId: Map<string, Organization>;
  readonly byKey: Map<string, Organization>;
}

export async function knownOrganizations(deps: ApplyDeps, accountId: string): Promise<KnownOrganizations> {
  const known: KnownOrganizations = { byDirectoryId: new Map(), byKey: new Map() };
  for (const organization of await allOrganizations(deps, accountId)) remember(known, organization);
  return known;
}

/** Brings the account in step with one page of its directory; gives back what could not be done since a name is taken. */
export async function applyDirectoryPage(
  deps: ApplyDeps,
  input: { accountId: string; known: KnownOrganizations; organizations: readonly DirectoryOrganization[] },
): Promise<readonly DirectoryConflict[]> {
  const { accountId, known } = input;
  const additions: { organization: Organization; audit: AuditRow }[] = [];
  let waiting = readable(deps, input.organizations);
  let conflicts: DirectoryConflict[] = [];
  // Twice: a name that another organization of the page gives up is free then.
  for (let pass = 0; pass < 2 && waiting.length > 0; pass += 1) {
    conflicts = [];
    const again: DirectoryOrganization[] = [];
    for (const listed of waiting) {
      const change = decideDirectoryChange(known, listed);
      if (change.kind === "nameTaken") {
        again.push(listed);
        conflicts.push({
          directoryId: listed.id,
          directoryName: listed.name,
          currentName: change.current?.name ?? null,
        });
      } else if (change.kind === "add") {
        const now = deps.clock.now();
        const organization = {
          accountId,
          id: deps.randomness.id(),
          name: listed.name,
          createdAt: now,
          directoryId: listed.id,
        };
        additions.push({ organization, audit: auditRow(deps, organization, null) });
        remember(known, organization);
      } else if (change.kind === "change") {
        await rename(deps, known, change.before, { ...change.before, name: listed.name, directoryId: listed.id });
      }
    }
    waiting = again;
  }
  if (additions.length > 0) await deps.organizations.addMany(additions);
  return conflicts;
}

async function rename(
  deps: ApplyDeps,
  known: KnownOrganizations,
  before: Organization,
  after: Organization,
): Promise<void> {
  const outcome = await deps.organizations.rename({ before, after, audit: auditRow(deps, after, before) });
  // Somebody changed it just now: the next read sees what it is then.
  if (outcome.kind !== "renamed") return;
  known.byKey.delete(organizationKey(before.name));
  remember(known, after);
  if (before.name !== after.name) await showNewName(deps, after);
}

function remember(known: KnownOrganizations, organization: Organization): void {
  known.byKey.set(organizationKey(organization.name), organization);
  if (organization.directoryId !== undefined) known.byDirectoryId.set(organization.directoryId, organization);
}

/** Those with a name that an organization can have; the others are left out, counted in the log. */
function readable(deps: ApplyDeps, organizations: readonly DirectoryOrganization[]): readonly DirectoryOrganization[] {
  const found = organizations.flatMap(({ id, name }) => {
    const reading = readOrganizationName(name);
    return reading.kind === "name" ? [{ id, name: reading.name }] : [];
  });
  const odd = organizations.length - found.length;
  if (odd > 0) deps.log.warn("The directory has names that no organization can have.", { count: odd });
  return found;
}

function auditRow(deps: ApplyDeps, after: Organization, before: Organization | null): AuditRow {
  const id = deps.randomness.id();
  return {
    accountId: after.accountId,
    tenantId: null,
    id,
    operationId: id,
    at: deps.clock.now(),
    phase: "done",
    actor: { kind: "watchdesk" },
    verb: before === null ? "organization.add" : "organization.rename",
    target: before?.name ?? after.name,
    before: before?.name ?? null,
    after: `${after.name} (directory id ${after.directoryId})`,
    where: null,
  };
}
