import { ROLES, type Role, type RoleGrant } from "../services/domain/role.ts";
import type { BindingRow } from "./channels-card.ts";
import { inertText } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { roleWords } from "./role-words.ts";
import layout from "./roles-card.json" with { type: "json" };
import { dayWords } from "./time-words.ts";

type PersonRow = { readonly name: string; readonly reason: string };

type RolesCardData = {
  readonly groups: readonly { readonly role: string; readonly may: string; readonly people: readonly PersonRow[] }[];
  readonly hasMore: boolean;
  readonly more: string;
};

/** More would make the card too heavy for Teams. */
const GRANT_LIMIT = 50;

const render = compileCard<RolesCardData>(layout);

/** Who has which role, and why: by configuration, by a grant, or as a member of a bound channel. */
export function rolesCard(input: {
  /** The admins that configuration names; a name is not always known. */
  readonly admins: readonly { readonly id: string; readonly name: string | null }[];
  readonly grants: readonly RoleGrant[];
  readonly bindings: readonly BindingRow[];
}): RenderedCard {
  const grants = input.grants.slice(0, GRANT_LIMIT);
  const groups = ROLES.toReversed().flatMap((role) => {
    const people = [
      ...(role === "admin" ? input.admins.slice(0, GRANT_LIMIT).map(configuredRow) : []),
      ...grants.filter((grant) => grant.role === role).map(grantRow),
      ...input.bindings.slice(0, GRANT_LIMIT).flatMap((row) => membersRow(row, role)),
    ];
    const { name, may } = roleWords(role);
    return people.length === 0 ? [] : [{ role: `${name}s`, may: `Each ${may}.`, people }];
  });
  return {
    summary: "Roles",
    card: render({
      groups,
      hasMore: input.grants.length > GRANT_LIMIT,
      more: `${input.grants.length - GRANT_LIMIT} more grants are not shown.`,
    }),
  };
}

function configuredRow(admin: { id: string; name: string | null }): PersonRow {
  const name = admin.name === null ? `Person ${inertText(admin.id, 60)}` : inertText(admin.name, 60);
  return { name, reason: "named in the configuration" };
}

function grantRow(grant: RoleGrant): PersonRow {
  const signInName = grant.person.signInName === null ? "" : ` (${inertText(grant.person.signInName, 80)})`;
  return {
    name: `${inertText(grant.person.name, 60)}${signInName}`,
    reason: `granted by ${inertText(grant.grantedBy.name, 60)} on ${dayWords(grant.grantedAt)}`,
  };
}

function membersRow({ binding, conversationName }: BindingRow, role: Role): readonly PersonRow[] {
  if (binding.membersAre !== role) return [];
  return [
    {
      name: `Members of ${inertText(conversationName, 80)}`,
      reason: `bound by ${inertText(binding.boundBy.name, 60)} on ${dayWords(binding.boundAt)}`,
    },
  ];
}
