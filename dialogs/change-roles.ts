import { type ChangeRoleDeps, grantRole, revokeRole } from "../services/access/change-role.ts";
import { ROLES, type Role } from "../services/domain/role.ts";
import type { RosterMember } from "./turn.ts";
import { type Reply, type Turn, text } from "./turn.ts";

const HOW_TO_NAME = "mention the person, or type their sign-in name or Entra object id";

/** `grant <role> <person>`: by mention, or by object id or sign-in name, checked against the roster of this conversation. */
export async function grantReply(deps: ChangeRoleDeps, turn: Turn, rest: string): Promise<Reply> {
  const [word = "", ...named] = rest.split(" ");
  const role = roleNamed(word);
  if (role === null)
    return text(`Say which role: \`grant analyst\`, \`grant admin\` or \`grant viewer\`, and ${HOW_TO_NAME}.`);
  const whom = await personNamed(turn, named.join(" "));
  if (whom.kind === "unclear") return text(whom.sentence);
  const { person, guest } = whom.member;
  const outcome = await grantRole(deps, {
    accountId: turn.account.id,
    person,
    role,
    by: turn.person,
    where: turn.conversation.id,
  });
  switch (outcome.kind) {
    case "configuredAdmin":
      return text(`${person.name} is an admin by the bot's configuration already; no grant changes that.`);
    case "alreadySo":
      return text(`${person.name} has the role ${role} already.`);
    case "granted": {
      const before = outcome.before === null ? "" : ` instead of ${outcome.before}`;
      const note = guest ? " They are a guest in this team." : "";
      return text(`${person.name} has the role ${role} now${before}.${note}`);
    }
  }
}

/** `revoke <person>`. */
export async function revokeReply(deps: ChangeRoleDeps, turn: Turn, rest: string): Promise<Reply> {
  const grants = await deps.roles.list(turn.account.id);
  // Somebody who left is in no roster any more, and must be revocable all the same.
  const wanted = rest.trim().toLowerCase();
  const left = grants.find(
    ({ person }) => wanted !== "" && [person.id, person.signInName?.toLowerCase()].includes(wanted),
  );
  const whom =
    left === undefined
      ? await personNamed(turn, rest)
      : { kind: "found" as const, member: { person: left.person, guest: false } };
  if (whom.kind === "unclear") return text(whom.sentence);
  const { person } = whom.member;
  const outcome = await revokeRole(deps, {
    accountId: turn.account.id,
    person,
    by: turn.person,
    where: turn.conversation.id,
  });
  switch (outcome.kind) {
    case "configuredAdmin":
      return text(
        `${person.name} is an admin by the bot's configuration (ACCOUNT_ADMINS) and can only be removed there.`,
      );
    case "hadNone":
      return text(
        `${person.name} had no role by name. Members of a bound channel may still have one: \`roles\` shows it.`,
      );
    case "revoked":
      return text(`${person.name} no longer has the role ${outcome.before}.`);
  }
}

function roleNamed(word: string): Role | null {
  const lower = word.toLowerCase();
  return ROLES.find((role) => role === lower || `${role}s` === lower) ?? null;
}

type PersonSearch = { kind: "found"; member: RosterMember } | { kind: "unclear"; sentence: string };

async function personNamed(turn: Turn, typed: string): Promise<PersonSearch> {
  const ids = new Set(turn.mentioned.map(({ id }) => id));
  if (ids.size > 1) return { kind: "unclear", sentence: "Name one person at a time." };
  const id = [...ids][0] ?? typed.trim();
  if (id === "") return { kind: "unclear", sentence: `Say whom: ${HOW_TO_NAME}.` };
  const member = await turn.findMember(id);
  if (member === null) {
    return {
      kind: "unclear",
      sentence: `Nobody in this conversation's roster is "${typed.trim() || id}". Please ${HOW_TO_NAME}.`,
    };
  }
  return { kind: "found", member };
}
