import { organizationKey } from "../../domain/organization.ts";
import type { RoleGrant } from "../../domain/role.ts";
import type { RoleStore, WriteOutcome } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId } from "./cosmos-item.ts";
import type { WriteStep } from "./write-step.ts";

type Change = Parameters<RoleStore["put"]>[0] | Parameters<RoleStore["remove"]>[0];

/** Roles given by name, listed by the person's name; all of an account's grants are one item, whose tag is that of their whole. */
export function cosmosRoles(container: CosmosContainer, writeAudit: AuditedWrite): RoleStore {
  const read = async (accountId: string): Promise<{ value: readonly RoleGrant[]; etag: string | null }> => {
    const found = await container.read<readonly RoleGrant[]>(accountPartition(accountId), itemId("roles"));
    return found === null ? { value: [], etag: null } : { value: found.value, etag: found.etag };
  };
  const write = async (
    accountId: string,
    grants: readonly RoleGrant[],
    { etag, audit }: Pick<Change, "etag" | "audit">,
  ): Promise<WriteOutcome> => {
    const item = rolesItem(accountId, grants);
    const step: WriteStep = etag === null ? { do: "create", item } : { do: "replace", item, etag };
    return (await writeAudit(accountPartition(accountId), [step], [audit])).kind;
  };

  return {
    get: async (accountId, personId) =>
      (await read(accountId)).value.find(({ person }) => person.id === personId) ?? null,
    list: async (accountId) => (await read(accountId)).value,
    read,
    put: async ({ grant, ...change }) => {
      const { accountId, person } = grant;
      const current = await read(accountId);
      if (current.etag !== change.etag) return "conflict";
      const others = current.value.filter((other) => other.person.id !== person.id);
      return await write(accountId, [...others, grant], change);
    },
    remove: async ({ accountId, personId, ...change }) => {
      const current = await read(accountId);
      if (current.etag !== change.etag) return "conflict";
      const others = current.value.filter(({ person }) => person.id !== personId);
      return others.length === current.value.length ? "conflict" : await write(accountId, others, change);
    },
  };
}

export function rolesItem(accountId: string, grants: readonly RoleGrant[]): Item<readonly RoleGrant[]> {
  return { id: itemId("roles"), kind: "roles", keys: { accountId }, value: grants.toSorted(byName) };
}

function byName({ person: left }: RoleGrant, { person: right }: RoleGrant): number {
  const [leftKey, rightKey] = [organizationKey(left.name), organizationKey(right.name)];
  if (leftKey !== rightKey) return leftKey < rightKey ? -1 : 1;
  return left.id < right.id ? -1 : 1;
}
