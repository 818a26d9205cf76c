import { type Organization, organizationKey } from "../../domain/organization.ts";
import type { OrganizationStore } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { searched } from "./search-text.ts";
import { bodyOf, numberOf } from "./stored-value.ts";

/** The account's organizations; a name (organizationKey) is held by one of them. */
export function sqliteOrganizations(database: Database): OrganizationStore {
  const insert = database.prepare("INSERT INTO organizations VALUES (?, ?, ?, ?)");
  const byId = database.prepare("SELECT body FROM organizations WHERE account_id = ? AND organization_id = ?");
  const byName = database.prepare("SELECT body FROM organizations WHERE account_id = ? AND name_key = ?");
  const count = database.prepare("SELECT count(*) AS count FROM organizations WHERE account_id = ?");
  const list = database.prepare(`
    SELECT body FROM organizations AS o
    WHERE account_id = :accountId AND instr(name_key, :text) > 0 AND (:linked IS NULL OR :linked = EXISTS (
      SELECT 1 FROM links WHERE account_id = o.account_id AND organization_id = o.organization_id))
    ORDER BY name_key LIMIT :limit OFFSET :offset`);

  const named = (accountId: string, key: string): Organization | null => {
    const row = byName.get(accountId, key);
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
        insert.run(organization.accountId, organization.id, key, JSON.stringify(organization));
        return { kind: "added" };
      }),
    get: (accountId, organizationId) =>
      database.read(() => {
        const row = byId.get(accountId, organizationId);
        return row === undefined ? null : bodyOf<Organization>(row);
      }),
    findByName: (accountId, name) => database.read(() => named(accountId, organizationKey(name))),
    list: ({ accountId, text, linked, offset, limit }) =>
      database.read(() =>
        list
          .all({ accountId, text: searched(text), linked: linked === undefined ? null : Number(linked), offset, limit })
          .map((row) => bodyOf<Organization>(row)),
      ),
    count: (accountId) => database.read(() => numberOf(count.get(accountId) ?? {}, "count")),
  };
}
