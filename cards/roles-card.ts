import type { Instant } from "../services/domain/instant.ts";
import { ROLES, type Role, type RoleGrant } from "../services/domain/role.ts";
import type { BindingRow } from "./channels-card.ts";
import { PAGE_SIZE, pageWords } from "./page-words.ts";
import { inertText, plainText, sentences } from "./plain-text.ts";
import { compileCard, type RenderedCard } from "./render-card.ts";
import { roleWords } from "./role-words.ts";
import layout from "./roles-card.json" with { type: "json" };
import { dayWords } from "./time-words.ts";

type PersonRow = {
  readonly name: string;
  readonly reason: string;
  readonly canRevoke: boolean;
  readonly revokeWords: string;
  readonly personId: string;
  readonly personName: string;
  readonly seenAt: string;
};

type Choice = { readonly title: string; readonly value: string };

type RolesCardData = {
  readonly hasNote: boolean;
  readonly note: string;
  readonly groups: readonly { readonly role: string; readonly may: string; readonly people: readonly PersonRow[] }[];
  readonly hasShown: boolean;
  readonly shown: string;
  readonly editable: boolean;
  readonly people: readonly Choice[];
  readonly roles: readonly Choice[];
  readonly hint: string;
  readonly madeAt: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly hasNext: boolean;
  readonly nextOffset: string;
};

const render = compileCard<RolesCardData>(layout);

/**
 * Who has which role, and why: by configuration, as a member of a bound channel (both on the first page), or by a grant.
 * An admin's card has a form to grant and a button beside each grant to revoke it.
 */
export function rolesCard(input: {
  /** The admins that configuration names; a name is not always known. */
  readonly admins: readonly { readonly id: string; readonly name: string | null }[];
  readonly grants: readonly RoleGrant[];
  readonly bindings: readonly BindingRow[];
  readonly editable: boolean;
  /** When what is shown was read: a click on what changed since is answered with who changed it. */
  readonly madeAt: Instant;
  readonly offset: number;
  /** What came of the last click. */
  readonly note: string | null;
}): RenderedCard {
  const { offset, editable, madeAt } = input;
  const highestFirst = ROLES.toReversed();
  const grants = input.grants.toSorted((left, right) => ROLES.indexOf(right.role) - ROLES.indexOf(left.role));
  const onPage = grants.slice(offset, offset + PAGE_SIZE);
  const groups = highestFirst.flatMap((role) => {
    const people = [
      ...(role === "admin" && offset === 0 ? input.admins.slice(0, 2 * PAGE_SIZE).map(configuredRow) : []),
      ...onPage.filter((grant) => grant.role === role).map((grant) => grantRow(grant, { editable, madeAt })),
      ...(offset === 0 ? input.bindings.slice(0, PAGE_SIZE).flatMap((row) => membersRow(row, role)) : []),
    ];
    const { name, may } = roleWords(role);
    return people.length === 0 ? [] : [{ role: `${name}s`, may: `Each ${may}.`, people }];
  });
  const page = pageWords({ offset, count: onPage.length, total: grants.length });
  return {
    summary: "Roles",
    card: render({
      hasNote: input.note !== null,
      note: sentences(input.note ?? "", 400),
      groups,
      hasShown: grants.length > PAGE_SIZE,
      shown: `Grants ${page.shown}`,
      editable,
      // The picker searches everybody; a client that does not know it still offers whom the card names.
      people: (onPage.length > 0 ? onPage.map(({ person }) => person) : input.admins.slice(0, PAGE_SIZE)).map(choiceOf),
      roles: highestFirst.map((role) => ({ title: `${roleWords(role).name}: ${roleWords(role).may}`, value: role })),
      hint: editable
        ? "“grant analyst @person” and “revoke @person” do the same. Nobody else has a role."
        : "Admins give and take roles. Nobody else has a role.",
      madeAt,
      hasPrevious: page.hasPrevious,
      previousOffset: page.previousOffset,
      hasNext: offset + PAGE_SIZE < grants.length,
      nextOffset: page.nextOffset,
    }),
  };
}

function choiceOf(person: { id: string; name: string | null }): Choice {
  return { title: plainText(person.name ?? person.id, 60), value: plainText(person.id, 100) };
}

const NOT_REVOCABLE = { canRevoke: false, revokeWords: "", personId: "", personName: "", seenAt: "" };

function configuredRow(admin: { id: string; name: string | null }): PersonRow {
  const name = admin.name === null ? `Person ${inertText(admin.id, 60)}` : inertText(admin.name, 60);
  return { name, reason: "named in the configuration", ...NOT_REVOCABLE };
}

function grantRow(grant: RoleGrant, card: { editable: boolean; madeAt: Instant }): PersonRow {
  const signInName = grant.person.signInName === null ? "" : ` (${inertText(grant.person.signInName, 80)})`;
  return {
    name: `${inertText(grant.person.name, 60)}${signInName}`,
    reason: `granted by ${inertText(grant.grantedBy.name, 60)} on ${dayWords(grant.grantedAt)}`,
    canRevoke: card.editable,
    revokeWords: `Revoke ${plainText(grant.person.name, 60)}'s role`,
    personId: plainText(grant.person.id, 100),
    personName: plainText(grant.person.name, 60),
    seenAt: card.madeAt,
  };
}

function membersRow({ binding, conversationName }: BindingRow, role: Role): readonly PersonRow[] {
  if (binding.membersAre !== role) return [];
  return [
    {
      name: `Members of ${inertText(conversationName, 80)}`,
      reason: `bound by ${inertText(binding.boundBy.name, 60)} on ${dayWords(binding.boundAt)}`,
      ...NOT_REVOCABLE,
    },
  ];
}
