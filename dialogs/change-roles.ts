import { timeWords } from "../cards/time-words.ts";
import { type ChangeRoleDeps, type ChangeRoleOutcome, changeRole } from "../services/access/change-role.ts";
import type { Instant } from "../services/domain/instant.ts";
import type { Person } from "../services/domain/person.ts";
import { ROLES, type Role, type RoleGrant } from "../services/domain/role.ts";
import type { RoleStore } from "../services/ports/stores.ts";
import { findPerson, HOW_TO_NAME } from "./find-person.ts";
import { type Reply, type Turn, text } from "./turn.ts";

/** `grant <role> <person>`: by mention, or by object id or sign-in name, checked against the roster of this conversation. */
export async function grantReply(deps: ChangeRoleDeps, turn: Turn, rest: string): Promise<Reply> {
  const [word = "", ...named] = rest.split(" ");
  const role = roleNamed(word);
  if (role === null)
    return text(`Say which role: \`grant analyst\`, \`grant admin\` or \`grant viewer\`, and ${HOW_TO_NAME}.`);
  return text(await grantInWords(deps, turn, { role, named: named.join(" "), seenAt: null }));
}

/** `revoke <person>`. */
export async function revokeReply(
  deps: ChangeRoleDeps & { roles: Pick<RoleStore, "list"> },
  turn: Turn,
  rest: string,
): Promise<Reply> {
  const grants = await deps.roles.list(turn.account.id);
  // Somebody who left is in no roster any more, and must be revocable all the same.
  const left = turn.mentioned.length > 0 ? undefined : grantOf(grants, rest);
  if (left !== undefined) return text(await revokeInWords(deps, turn, { person: left.person, seenAt: null }));
  const whom = await findPerson(turn, rest);
  if (whom.kind === "unclear") return text(whom.sentence);
  return text(await revokeInWords(deps, turn, { person: whom.member.person, seenAt: null }));
}

/** Grants a role to whom a text or the mentions name, and says in a sentence what came of it. */
export async function grantInWords(
  deps: ChangeRoleDeps,
  turn: Turn,
  input: { role: Role; named: string; seenAt: Instant | null },
): Promise<string> {
  const whom = await findPerson(turn, input.named);
  if (whom.kind === "unclear") return whom.sentence;
  const { person, guest } = whom.member;
  const outcome = await changeRole(deps, { ...changeOf(turn, input.seenAt), person, role: input.role });
  if (outcome.kind === "alreadySo") return `${person.name} has the role ${input.role} already.`;
  if (outcome.kind === "configuredAdmin")
    return `${person.name} is an admin by the bot's configuration already; no grant changes that.`;
  if (outcome.kind !== "changed") return refusedInWords(person, outcome);
  const before = outcome.before === null ? "" : ` instead of ${outcome.before}`;
  const note = guest ? " They are a guest here, or belong to another tenant: the role holds for them by name." : "";
  return `${person.name} has the role ${input.role} now${before}.${note}`;
}

/** Takes a person's role away, and says in a sentence what came of it. */
export async function revokeInWords(
  deps: ChangeRoleDeps,
  turn: Turn,
  input: { person: Person; seenAt: Instant | null },
): Promise<string> {
  const { person } = input;
  const outcome = await changeRole(deps, { ...changeOf(turn, input.seenAt), person, role: null });
  if (outcome.kind === "changed") return `${person.name} no longer has the role ${outcome.before}.`;
  return refusedInWords(person, outcome);
}

function refusedInWords(person: Person, outcome: Exclude<ChangeRoleOutcome, { kind: "changed" }>): string {
  switch (outcome.kind) {
    case "configuredAdmin":
      return `${person.name} is an admin by the bot's configuration (ACCOUNT_ADMINS) and can only be removed there.`;
    case "lastAdmin":
      return `${person.name} is the last admin. Make somebody else an admin first: nobody could give roles otherwise.`;
    case "alreadySo":
    case "hadNone":
      return `${person.name} had no role by name. Members of a bound channel may still have one: \`roles\` shows it.`;
    case "noLongerAdmin":
      return "You are no longer an admin: somebody took that role away in the same moment. Nothing was changed.";
    case "changedMeanwhile": {
      const { by, at, after } = outcome.change;
      const what = after === null ? `took ${person.name}'s role away` : `gave ${person.name} the role ${after}`;
      return `${by} ${what} at ${timeWords(at)}, after this was shown. Nothing of yours was changed; look again.`;
    }
  }
}

function changeOf(turn: Turn, seenAt: Instant | null) {
  return { accountId: turn.account.id, by: turn.person, where: turn.conversation.id, seenAt };
}

function grantOf(grants: readonly RoleGrant[], typed: string): RoleGrant | undefined {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return undefined;
  return grants.find(({ person }) => person.id === wanted || person.signInName?.toLowerCase() === wanted);
}

function roleNamed(word: string): Role | null {
  const lower = word.toLowerCase();
  return ROLES.find((role) => role === lower || `${role}s` === lower) ?? null;
}
