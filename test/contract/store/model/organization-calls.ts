import { isDeepStrictEqual } from "node:util";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import { type Organization, organizationKey } from "../../../../services/domain/organization.ts";
import type { OrganizationRename, OrganizationStore } from "../../../../services/ports/stores.ts";
import { touched } from "./kept.ts";
import { change, reading, type StoreCall, when } from "./store-call.ts";
import { audited, linkOfOrganization, put, type StoreState } from "./store-state.ts";

type Addition = Awaited<ReturnType<OrganizationStore["add"]>>;

const keyOfOrganization = ({ accountId, id }: Pick<Organization, "accountId" | "id">) => `${accountId}/${id}`;

function named(state: StoreState, accountId: string, name: string): Organization | undefined {
  const key = organizationKey(name);
  const all = Object.values(state.organizations);
  return all.find((each) => each.accountId === accountId && organizationKey(each.name) === key);
}

export function addOrganization(organization: Organization): StoreCall<Addition> {
  const { accountId, name } = organization;
  const holder = (state: StoreState) => named(state, accountId, name);
  const added = change(
    (state) => holder(state) === undefined,
    (state) => ({
      ...state,
      organizations: put(state.organizations, keyOfOrganization(organization), organization),
    }),
  );
  return {
    name: `add ${accountId} ${organization.id} "${name}"`,
    run: ({ organizations }) => organizations.add(organization),
    ways: (answer) => [
      [answer.kind === "added" ? added : when((state) => isDeepStrictEqual(holder(state), answer.existing))],
    ],
    unanswered: [[added]],
  };
}

export function getOrganization(accountId: string, id: string): StoreCall<Organization | null> {
  return reading(
    `get ${accountId} ${id}`,
    ({ organizations }) => organizations.get(accountId, id),
    (state) => state.organizations[keyOfOrganization({ accountId, id })] ?? null,
  );
}

export function findByName(accountId: string, name: string): StoreCall<Organization | null> {
  return reading(
    `find ${accountId} "${name}"`,
    ({ organizations }) => organizations.findByName(accountId, name),
    (state) => named(state, accountId, name) ?? null,
  );
}

export function renameOrganization(input: {
  before: Organization;
  after: Organization;
  audit: AuditRow;
}): StoreCall<OrganizationRename> {
  const { before, after, audit } = input;
  const { accountId, id } = before;
  const current = (state: StoreState) => state.organizations[keyOfOrganization(before)] ?? null;
  const isAsRead = (state: StoreState) => current(state)?.name === before.name;
  const holder = (state: StoreState) => {
    const found = named(state, accountId, after.name);
    return found?.id === id ? undefined : found;
  };
  const renamed = change(
    (state) => isAsRead(state) && holder(state) === undefined,
    (state) => {
      const organizations = put(state.organizations, keyOfOrganization(before), after);
      const link = linkOfOrganization(state, accountId, id);
      const listed = link === undefined ? undefined : state.links[link.tenantId];
      // Links may be kept with the name that they are listed by.
      const links = listed === undefined ? state.links : put(state.links, listed.value.tenantId, touched(listed));
      return audited({ ...state, organizations, links }, [audit]);
    },
  );
  return {
    name: `rename ${accountId} ${id} "${before.name}" to "${after.name}"`,
    run: ({ organizations }) => organizations.rename(input),
    ways: (answer) => {
      switch (answer.kind) {
        case "renamed":
          return [[renamed]];
        case "nameTaken":
          return [[when((state) => isDeepStrictEqual(holder(state), answer.existing))]];
        case "conflict":
          return [[when((state) => !isAsRead(state) && isDeepStrictEqual(current(state), answer.current))]];
      }
    },
    unanswered: [[renamed]],
  };
}
