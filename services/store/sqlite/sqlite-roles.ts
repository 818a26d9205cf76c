import { organizationKey } from "../../domain/organization.ts";
import type { RoleGrant } from "../../domain/role.ts";
import type { RoleStore, WriteOutcome } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, versionOf } from "./stored-value.ts";

/** Gives or replaces a person's role, inside a transaction of the caller's. */
export function rolePut(database: Database): (grant: RoleGrant) => void {
  const put = database.prepare("INSERT OR REPLACE INTO roles VALUES (?, ?, ?, ?)");
  return (grant) => {
    put.run(grant.accountId, grant.person.id, organizationKey(grant.person.name), JSON.stringify(grant));
  };
}

/** Gives an account's grants their first version, and says how many rows it wrote: 0 where they have one. */
export function rolesBegin(database: Database): (accountId: string, version: number) => number {
  const begin = database.prepare("INSERT INTO role_versions VALUES (?, ?) ON CONFLICT DO NOTHING");
  return (accountId, version) => Number(begin.run(accountId, version).changes);
}

/** Roles given by name, listed by the person's name; all of an account's grants have one version. */
export function sqliteRoles(database: Database, writeAudit: AuditWriter): RoleStore {
  const one = database.prepare("SELECT body FROM roles WHERE account_id = ? AND person_id = ?");
  const all = database.prepare("SELECT body FROM roles WHERE account_id = ? ORDER BY name_key, person_id");
  const put = rolePut(database);
  const remove = database.prepare("DELETE FROM roles WHERE account_id = ? AND person_id = ?");
  const current = database.prepare("SELECT version FROM role_versions WHERE account_id = ?");
  const begin = rolesBegin(database);
  const replace = database.prepare("UPDATE role_versions SET version = ? WHERE account_id = ? AND version = ?");

  const listed = (accountId: string) => all.all(accountId).map((row) => bodyOf<RoleGrant>(row));
  const takeVersion = (accountId: string, etag: string | null, version: number): WriteOutcome => {
    const changes =
      etag === null ? begin(accountId, version) : replace.run(version, accountId, versionOf(etag)).changes;
    return changes === 1 ? "stored" : "conflict";
  };

  return {
    get: (accountId, personId) =>
      database.read(() => {
        const row = one.get(accountId, personId);
        return row === undefined ? null : bodyOf<RoleGrant>(row);
      }),
    list: (accountId) => database.read(() => listed(accountId)),
    read: (accountId) =>
      database.read(() => {
        // The version first: a grant that comes in between makes the tag too old, never too new.
        const row = current.get(accountId);
        return { etag: row === undefined ? null : String(numberOf(row, "version")), value: listed(accountId) };
      }),
    put: ({ grant, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        if (takeVersion(grant.accountId, etag, version) === "conflict") return "conflict";
        put(grant);
        writeAudit([audit]);
        return "stored";
      }),
    remove: ({ accountId, personId, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        if (takeVersion(accountId, etag, version) === "conflict") return "conflict";
        if (remove.run(accountId, personId).changes === 0) return "conflict";
        writeAudit([audit]);
        return "stored";
      }),
  };
}
