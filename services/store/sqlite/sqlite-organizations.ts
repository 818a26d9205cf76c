import { type Organization, organizationKey } from "../../domain/organization.ts";
import { searched } from "../../domain/search-text.ts";
import type { OrganizationRename, OrganizationStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf } from "./stored-value.ts";

/** Writes a new organization, inside a transaction of the caller's. */
export function organizationInsert(database: Database): (organization: Organization) => void {
  const insert = database.prepare("INSERT INTO organizations VALUES (?, ?, ?, ?, ?)");
  return (organization) => {
    const { accountId, id, name, directoryId } = organization;
    insert.run(accountId, id, organizationKey(name), directoryId ?? null, JSON.stringify(organization));
  };
}

/** The account's organizations; a name (organizationKey) is held by one of them. */
export function sqliteOrganizations(database: Database, writeAudit: AuditWriter): OrganizationStore {
  const insert = organizationInsert(database);
  const replace = database.prepare(
    "UPDATE organizations SET name_key = ?, directory_id = ?, body = ? WHERE account_id = ? AND organization_id = ?",
  );
  const byId = database.prepare("SELECT body FROM organizations WHERE account_id = ? AND organization_id = ?");
  const byName = database.prepare("SELECT body FROM organizations WHERE account_id = ? AND name_key = ?");
  const count = database.prepare("SELECT count(*) AS count FROM organizations WHERE account_id = ?");
  const listInOrder = (order: string) =>
    database.prepare(`
    SELECT body FROM organizations AS o
    WHERE account_id = :accountId AND instr(name_key, :text) > 0 AND (:linked IS NULL OR :linked = EXISTS (
      SELECT 1 FROM links WHERE account_id = o.account_id AND organization_id = o.organization_id))
    ORDER BY ${order} LIMIT :limit OFFSET :offset`);
  const list = listInOrder("name_key");
  const listStartsFirst = listInOrder("instr(name_key, :text) > 1, name_key");

  const named = (accountId: string, key: string): Organization | null => {
    const row = byName.get(accountId, key);
    return row === undefined ? null : bodyOf<Organization>(row);
  };
  const identified = (accountId: string, organizationId: string): Organization | null => {
    const row = byId.get(accountId, organizationId);
    return row === undefined ? null : bodyOf<Organization>(row);
  };

  return {
    add: (organization) =>
      database.write(() => {
        const key = organizationKey(organization.name);
        const existing = named(organization.accountId, key);
        if (existing !== null) {
          return { kind: "nameTaken", existing };
        }
        insert(organization);
        return { kind: "added" };
      }),
    addMany: (items) =>
      database.write(() => {
        const added = items.filter(({ organization }) => {
          const key = organizationKey(organization.name);
          if (named(organization.accountId, key) !== null) return false;
          insert(organization);
          return true;
        });
        writeAudit(added.map(({ audit }) => audit));
        return new Set(added.map(({ organization }) => organization.id));
      }),
    rename: ({ before, after, audit }) =>
      database.write((): OrganizationRename => {
        const { accountId, id } = before;
        const current = identified(accountId, id);
        if (current?.name !== before.name || current.directoryId !== before.directoryId) {
          return { kind: "conflict", current };
        }
        const key = organizationKey(after.name);
        const existing = named(accountId, key);
        if (existing !== null && existing.id !== id) {
          return { kind: "nameTaken", existing };
        }
        const { directoryId, name } = after;
        const stored = { ...current, name, ...(directoryId === undefined ? {} : { directoryId }) };
        replace.run(key, stored.directoryId ?? null, JSON.stringify(stored), accountId, id);
        writeAudit([audit]);
        return { kind: "renamed" };
      }),
    get: (accountId, organizationId) => database.read(() => identified(accountId, organizationId)),
    findByName: (accountId, name) => database.read(() => named(accountId, organizationKey(name))),
    list: ({ accountId, text, startsFirst, linked, offset, limit }) =>
      database.read(() =>
        (startsFirst === true ? listStartsFirst : list)
          .all({ accountId, text: searched(text), linked: linked === undefined ? null : Number(linked), offset, limit })
          .map((row) => bodyOf<Organization>(row)),
      ),
    count: (accountId) => database.read(() => numberOf(count.get(accountId) ?? {}, "count")),
  };
}
