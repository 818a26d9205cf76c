import { Breakdown } from "../../domain/breakdown.ts";
import type { Organization } from "../../domain/organization.ts";
import { linkSearchText, searched } from "../../domain/search-text.ts";
import type { TenantLink } from "../../domain/tenant-link.ts";
import type { LinkCreation } from "../../ports/link-outcomes.ts";
import type { LinkStore, TenantScope } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, type Row, textOf, versionedOf, versionOf } from "./stored-value.ts";
import { syncInsert } from "./sync-writer.ts";
import type { TombstoneWriter } from "./tombstone-writer.ts";

/*
 * Organizations first (CROSS JOIN keeps that order): the index on their names gives the order of the list, so nothing is
 * sorted, and each name costs one look into the links' index.
 */
const SEARCH = `
  FROM organizations AS o CROSS JOIN links AS l ON l.account_id = o.account_id AND l.organization_id = o.organization_id
  WHERE o.account_id = :accountId AND (instr(o.name_key, :text) > 0 OR instr(l.search_text, :text) > 0)`;

/** Writes a new link, inside a transaction of the caller's. */
export function linkInsert(database: Database): (link: TenantLink, version: number) => void {
  const insert = database.prepare("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)");
  return (link, version) => {
    const { tenantId, accountId, organizationId, state } = link;
    insert.run(tenantId, accountId, organizationId, state, linkSearchText(link), version, JSON.stringify(link));
  };
}

/** Links, unique by tenant over all accounts and by organization; sync state, alerts and deliveries go with their link. */
export function sqliteLinks(database: Database, writeAudit: AuditWriter, tombstones: TombstoneWriter): LinkStore {
  const insert = linkInsert(database);
  const insertSync = syncInsert(database);
  const replace = database.prepare(
    `UPDATE links SET organization_id = ?, state = ?, search_text = ?, version = ?, body = ?
     WHERE tenant_id = ? AND account_id = ? AND version = ?`,
  );
  const ofTenant = database.prepare("SELECT account_id, version, body FROM links WHERE tenant_id = ?");
  const ofOrganization = database.prepare("SELECT body FROM links WHERE account_id = ? AND organization_id = ?");
  const deleteLink = database.prepare("DELETE FROM links WHERE tenant_id = ? AND account_id = ? AND version = ?");
  const deleteSettings = database.prepare("DELETE FROM settings WHERE account_id = ? AND tenant_id = ?");
  const list = database.prepare(
    `SELECT l.body AS body, o.body AS organization ${SEARCH}
       AND (:states IS NULL OR l.state IN (SELECT value FROM json_each(:states)))
     ORDER BY o.name_key LIMIT :limit OFFSET :offset`,
  );
  const dueToCheck = database.prepare(
    `SELECT account_id, tenant_id FROM links WHERE json_extract(body, '$.nextCheckAt') <= ? AND state <> 'paused'
     ORDER BY json_extract(body, '$.nextCheckAt') LIMIT ?`,
  );
  const countByState = database.prepare(`SELECT l.state AS state, count(*) AS count ${SEARCH} GROUP BY l.state`);

  const tenantRow = (tenantId: string): Row | null => ofTenant.get(tenantId) ?? null;
  const organizationLink = (accountId: string, organizationId: string): TenantLink | null => {
    const row = ofOrganization.get(accountId, organizationId);
    return row === undefined ? null : bodyOf<TenantLink>(row);
  };
  const taken = (link: TenantLink): LinkCreation | null => {
    const row = tenantRow(link.tenantId);
    if (row !== null) {
      return textOf(row, "account_id") === link.accountId
        ? { kind: "tenantLinkedHere", organizationId: bodyOf<TenantLink>(row).organizationId }
        : { kind: "tenantLinkedElsewhere" };
    }
    const other = organizationLink(link.accountId, link.organizationId);
    return other === null ? null : { kind: "organizationHasTenant", tenantId: other.tenantId };
  };

  return {
    create: ({ link, sync, audit, askedAt }) =>
      database.write((version) => {
        if (
          sync.accountId !== link.accountId ||
          sync.tenantId !== link.tenantId ||
          audit.accountId !== link.accountId
        ) {
          throw new Breakdown("refused", "A link, its sync state and its audit row are of one account and tenant.");
        }
        const obstacle = taken(link);
        if (obstacle !== null) {
          return obstacle;
        }
        const removed = askedAt === undefined ? null : tombstones.since(link, askedAt);
        if (removed !== null) {
          return { kind: "tenantRemoved", removed };
        }
        tombstones.end(link);
        insert(link, version);
        insertSync(sync, version);
        writeAudit([audit]);
        return { kind: "linked" };
      }),
    get: ({ accountId, tenantId }) =>
      database.read(() => {
        const row = tenantRow(tenantId);
        return row === null || row.account_id !== accountId ? null : versionedOf<TenantLink>(row);
      }),
    findByOrganization: (accountId, organizationId) => database.read(() => organizationLink(accountId, organizationId)),
    findByTenant: (tenantId) =>
      database.read(() => {
        const row = tenantRow(tenantId);
        return row === null ? null : versionedOf<TenantLink>(row);
      }),
    dueToCheck: ({ now, limit }) =>
      database.read(() =>
        dueToCheck
          .all(now, limit)
          .map((row) => ({ accountId: textOf(row, "account_id"), tenantId: textOf(row, "tenant_id") })),
      ),
    update: ({ link, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        const { tenantId, accountId, organizationId, state } = link;
        const holder = organizationLink(accountId, organizationId);
        if (holder !== null && holder.tenantId !== tenantId) {
          return "conflict";
        }
        const text = linkSearchText(link);
        const body = JSON.stringify(link);
        const { changes } = replace.run(
          organizationId,
          state,
          text,
          version,
          body,
          tenantId,
          accountId,
          versionOf(etag),
        );
        writeAudit(audit === undefined ? [] : [audit]);
        return changes === 1 ? "stored" : "conflict";
      }),
    move: ({ link, etag, toOrganizationId, audit }) =>
      database.write((version) => {
        const { tenantId, accountId, state } = link;
        const holder = organizationLink(accountId, toOrganizationId);
        if (holder !== null && holder.tenantId !== tenantId) {
          return { kind: "organizationHasTenant", tenantId: holder.tenantId };
        }
        const moved: TenantLink = { ...link, organizationId: toOrganizationId };
        const values = [toOrganizationId, state, linkSearchText(moved), version, JSON.stringify(moved)];
        if (replace.run(...values, tenantId, accountId, versionOf(etag)).changes === 0) {
          return { kind: "conflict" };
        }
        writeAudit([audit]);
        return { kind: "moved" };
      }),
    list: ({ accountId, text, states, offset, limit }) =>
      database.read(() => {
        const wanted = states === undefined ? null : JSON.stringify(states);
        return list.all({ accountId, text: searched(text), states: wanted, offset, limit }).map((row) => ({
          link: bodyOf<TenantLink>(row),
          organizationName: bodyOf<Organization>({ body: textOf(row, "organization") }).name,
        }));
      }),
    countByState: ({ accountId, text }) =>
      database.read(() => {
        const counts: Partial<Record<TenantLink["state"], number>> = {};
        for (const row of countByState.all({ accountId, text: searched(text) })) {
          counts[textOf(row, "state") as TenantLink["state"]] = numberOf(row, "count");
        }
        return counts;
      }),
    remove: ({ scope, etag, tombstone, cardsDueAt, audit }) =>
      database.writeUnlessConflict(() => {
        requireSameTenant(scope, tombstone);
        tombstones.bury(tombstone, cardsDueAt);
        if (deleteLink.run(scope.tenantId, scope.accountId, versionOf(etag)).changes === 0) {
          return "conflict";
        }
        deleteSettings.run(scope.accountId, scope.tenantId);
        writeAudit([audit]);
        return "stored";
      }),
  };
}

function requireSameTenant(scope: TenantScope, tombstone: TenantScope): void {
  if (scope.accountId !== tombstone.accountId || scope.tenantId !== tombstone.tenantId) {
    throw new Breakdown("refused", "A tombstone is of the tenant that is removed.");
  }
}
