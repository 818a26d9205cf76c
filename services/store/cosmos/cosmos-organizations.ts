import type { AuditRow } from "../../domain/audit.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import { type Organization, organizationKey } from "../../domain/organization.ts";
import { searched } from "../../domain/search-text.ts";
import type { OrganizationStore } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition } from "./cosmos-item.ts";
import type { ItemQuery } from "./item-query.ts";
import { type NameHolder, nameId, newOrganizationItems, organizationId } from "./organization-items.ts";
import { renameOrganization } from "./rename-organization.ts";
import type { WriteStep } from "./write-step.ts";

/** Organizations added in one write: three steps each, and the head of the audit chain. */
const PER_WRITE = 24;
const ROUNDS = 30;

/** The account's organizations; a name (organizationKey) is held by one of them, by an item of its own. */
export function cosmosOrganizations(container: CosmosContainer, writeAudit: AuditedWrite): OrganizationStore {
  const get = async (accountId: string, id: string): Promise<Organization | null> =>
    (await container.read<Organization>(accountPartition(accountId), organizationId(id)))?.value ?? null;
  const findByName = async (accountId: string, name: string): Promise<Organization | null> => {
    const holder = await container.read<NameHolder>(accountPartition(accountId), nameId(name));
    const found = holder === null ? null : await get(accountId, holder.value.organizationId);
    // Renamed between the two reads: for a moment nobody had the name.
    return found !== null && organizationKey(found.name) === organizationKey(name) ? found : null;
  };

  return {
    add: async (organization) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const steps = additionOf(organization);
        const result = await container.write(accountPartition(organization.accountId), steps);
        if (result.kind === "stored") return { kind: "added" };
        const existing = await findByName(organization.accountId, organization.name);
        if (existing !== null) return { kind: "nameTaken", existing };
      }
      throw new Breakdown("conflict", "An organization of this id is there already.");
    },
    addMany: async (items) => {
      const added = new Set<string>();
      for (let from = 0; from < items.length; from += PER_WRITE) {
        const part = items.slice(from, from + PER_WRITE);
        for (const id of await addSome({ container, writeAudit }, part)) added.add(id);
      }
      return added;
    },
    rename: (input) => renameOrganization({ container, writeAudit, findByName }, input),
    get,
    findByName,
    list: async ({ accountId, text, startsFirst, linked, offset, limit }) => {
      const words = searched(text);
      const query = listing(accountId, words, linked);
      const page = async (where: readonly string[], skip: number, take: number) =>
        await container.find<Organization>({ ...query, where: [...query.where, ...where], skip, take });
      if (startsFirst !== true || words === "") return valuesOf(await page([], offset, limit));
      const starting = await page([STARTS], offset, limit);
      if (starting.length === limit) return valuesOf(starting);
      const before = await container.count({ ...query, where: [...query.where, STARTS], orderBy: [] });
      const rest = await page([`NOT ${STARTS}`], Math.max(0, offset - before), limit - starting.length);
      return valuesOf([...starting, ...rest]);
    },
    count: (accountId) => container.count({ partition: accountPartition(accountId), kind: "organization" }),
  };
}

const STARTS = "STARTSWITH(k.nameKey, @text)";

function listing(accountId: string, text: string, linked: boolean | undefined) {
  return {
    partition: accountPartition(accountId),
    kind: "organization" as const,
    where: [
      ...(text === "" ? [] : ["CONTAINS(k.nameKey, @text)"]),
      ...(linked === undefined ? [] : [linked ? "NOT IS_NULL(k.tenantId)" : "IS_NULL(k.tenantId)"]),
    ],
    values: { text },
    orderBy: ["nameKey"],
  } satisfies ItemQuery;
}

function valuesOf(items: readonly { readonly value: Organization }[]): readonly Organization[] {
  return items.map(({ value }) => value);
}

function additionOf(organization: Organization): readonly WriteStep[] {
  return newOrganizationItems(organization).map((item) => ({ do: "create", item }));
}

type Addition = { readonly organization: Organization; readonly audit: AuditRow };

/** Adds those whose name is free, all together; where somebody takes one of the names in between, decides again. */
async function addSome(
  deps: { container: CosmosContainer; writeAudit: AuditedWrite },
  items: readonly Addition[],
): Promise<readonly string[]> {
  const partition = accountPartition(items[0]?.organization.accountId ?? "");
  for (let round = 0; round < ROUNDS; round += 1) {
    const free = await freeOnes(deps.container, partition, items);
    if (free.length === 0) return [];
    const steps = free.flatMap(({ organization }) => additionOf(organization));
    const rows = free.map(({ audit }) => audit);
    const result = await deps.writeAudit(partition, steps, rows);
    if (result.kind === "stored") return free.map(({ organization }) => organization.id);
  }
  throw new Breakdown("conflict", "Organizations were added by others again and again.", { retryable: true });
}

async function freeOnes(
  container: CosmosContainer,
  partition: string,
  items: readonly Addition[],
): Promise<readonly Addition[]> {
  const names = new Map<string, Addition>();
  for (const item of items) {
    const id = nameId(item.organization.name);
    if (!names.has(id)) names.set(id, item);
  }
  const taken = await Promise.all([...names.keys()].map((id) => container.read(partition, id)));
  return [...names.values()].filter((_, place) => taken[place] === null);
}
