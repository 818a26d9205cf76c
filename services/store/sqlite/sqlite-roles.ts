import { organizationKey } from "../../domain/organization.ts";
import type { RoleGrant } from "../../domain/role.ts";
import type { RoleStore } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf } from "./stored-value.ts";

/** Roles given by name, listed by the person's name. */
export function sqliteRoles(database: Database, writeAudit: AuditWriter): RoleStore {
  const one = database.prepare("SELECT body FROM roles WHERE account_id = ? AND person_id = ?");
  const all = database.prepare("SELECT body FROM roles WHERE account_id = ? ORDER BY name_key, person_id");
  const put = database.prepare("INSERT OR REPLACE INTO roles VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM roles WHERE account_id = ? AND person_id = ?");

  return {
    get: (accountId, personId) =>
      database.read(() => {
        const row = one.get(accountId, personId);
        return row === undefined ? null : bodyOf<RoleGrant>(row);
      }),
    list: (accountId) => database.read(() => all.all(accountId).map((row) => bodyOf<RoleGrant>(row))),
    put: ({ grant, audit }) =>
      database.write(() => {
        put.run(grant.accountId, grant.person.id, organizationKey(grant.person.name), JSON.stringify(grant));
        writeAudit([audit]);
      }),
    remove: ({ accountId, personId, audit }) =>
      database.write(() => {
        const removed = remove.run(accountId, personId).changes === 1;
        writeAudit(removed ? [audit] : []);
        return removed;
      }),
  };
}
