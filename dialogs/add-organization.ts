import type { AuditRow } from "../services/domain/audit.ts";
import { type Organization, readOrganizationName } from "../services/domain/organization.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Randomness } from "../services/ports/randomness.ts";
import type { OrganizationStore } from "../services/ports/stores.ts";
import { badNameWords } from "./bad-name-words.ts";
import { type Reply, type Turn, text } from "./turn.ts";

export interface AddOrganizationDeps {
  readonly organizations: OrganizationStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const HOW = "Type the name after the command: `add organization Contoso Dental`.";

export type Addition =
  | { readonly kind: "added"; readonly organization: Organization }
  | { readonly kind: "existed"; readonly organization: Organization }
  | { readonly kind: "badName"; readonly sentence: string };

/** Adds a customer by name, unless there is one of that name. */
export async function addOrganization(deps: AddOrganizationDeps, turn: Turn, typed: string): Promise<Addition> {
  const reading = readOrganizationName(typed);
  if (reading.kind !== "name") {
    const length = reading.kind === "tooLong" ? reading.length : 0;
    return { kind: "badName", sentence: badNameWords(reading.kind, length, HOW) };
  }
  const { name } = reading;
  const now = deps.clock.now();
  const organization = { accountId: turn.account.id, id: deps.randomness.id(), name, createdAt: now };
  const audit: AuditRow = {
    accountId: turn.account.id,
    tenantId: null,
    id: deps.randomness.id(),
    operationId: organization.id,
    at: now,
    phase: "done",
    actor: { kind: "person", id: turn.person.id, name: turn.person.name },
    verb: "organization.add",
    target: name,
    before: null,
    after: name,
    where: turn.conversation.id,
  };
  const added = await deps.organizations.addMany([{ organization, audit }]);
  if (added.has(organization.id)) return { kind: "added", organization };
  const existing = await deps.organizations.findByName(turn.account.id, name);
  return { kind: "existed", organization: existing ?? organization };
}

/** The command `add organization <name>`. */
export async function addOrganizationReply(deps: AddOrganizationDeps, turn: Turn, typed: string): Promise<Reply> {
  const addition = await addOrganization(deps, turn, typed);
  switch (addition.kind) {
    case "badName":
      return text(addition.sentence);
    case "existed":
      return text(`${addition.organization.name} is in your list already.`);
    case "added":
      return text(`${addition.organization.name} is added. Say \`connect tenant\` to connect its tenant.`);
  }
}
