import { type Organization, readOrganizationName } from "../domain/organization.ts";
import type { Person } from "../domain/person.ts";
import type { Clock } from "../ports/clock.ts";
import type { OrganizationDirectory } from "../ports/organization-directory.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { OrganizationStore } from "../ports/stores.ts";
import type { WrongName } from "./plan-import.ts";
import { type ShowNewNameDeps, showNewName } from "./show-new-name.ts";

export interface RenameDeps extends ShowNewNameDeps {
  readonly organizations: Pick<OrganizationStore, "rename">;
  /** The directories that keep accounts' names, by account id; empty where there is none. */
  readonly directories: ReadonlyMap<string, Pick<OrganizationDirectory, "name">>;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export type Renaming =
  | { readonly kind: "renamed"; readonly organization: Organization }
  | { readonly kind: "alreadySo" }
  | { readonly kind: "badName"; readonly reason: WrongName }
  | { readonly kind: "nameTaken"; readonly existing: Organization }
  /** The directory would give its name back within the hour. */
  | { readonly kind: "keptByDirectory"; readonly directory: string }
  /** Somebody else changed it since it was read: what it is called now, null where it is gone. */
  | { readonly kind: "conflict"; readonly current: Organization | null };

/** Gives an organization another name, unique in the account in the sense of organizationKey; its tenant, settings and alerts stay, their cards follow. */
export async function renameOrganization(
  deps: RenameDeps,
  input: { organization: Organization; name: string; by: Person; where: string },
): Promise<Renaming> {
  const before = input.organization;
  const reading = readOrganizationName(input.name);
  if (reading.kind !== "name") return { kind: "badName", reason: reading.kind };
  if (reading.name === before.name) return { kind: "alreadySo" };
  const directory = deps.directories.get(before.accountId)?.name;
  if (directory !== undefined && before.directoryId !== undefined) return { kind: "keptByDirectory", directory };
  const after = { ...before, name: reading.name };
  const id = deps.randomness.id();
  const audit = {
    accountId: before.accountId,
    tenantId: null,
    id,
    operationId: id,
    at: deps.clock.now(),
    phase: "done" as const,
    actor: { kind: "person" as const, id: input.by.id, name: input.by.name },
    verb: "organization.rename",
    target: before.name,
    before: before.name,
    after: after.name,
    where: input.where,
  };
  const outcome = await deps.organizations.rename({ before, after, audit });
  if (outcome.kind !== "renamed") return outcome;
  await showNewName(deps, after);
  return { kind: "renamed", organization: after };
}
