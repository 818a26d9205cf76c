import type { AlertRecord } from "../../domain/alert-record.ts";
import { searched } from "../../domain/search-text.ts";
import type { AlertFilter, AlertStore, Versioned } from "../../ports/stores.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, type Row, textOf, versionedOf } from "./stored-value.ts";

/** What reads alerts; every alert that is not resolved counts as open, one of unknown status too. */
export function sqliteAlertReads(
  database: Database,
): Pick<AlertStore, "get" | "getMany" | "list" | "find" | "counts" | "dueToSettle" | "dueToAnnounce"> {
  const one = database.prepare(
    "SELECT version, body FROM alerts WHERE account_id = ? AND alert_id = ? AND tenant_id = ?",
  );
  const many = database.prepare(
    `SELECT version, body FROM alerts
     WHERE account_id = ? AND tenant_id = ? AND alert_id IN (SELECT value FROM json_each(?))`,
  );
  const anywhere = database.prepare(
    "SELECT body FROM alerts WHERE account_id = ? AND alert_id = ? ORDER BY created_at DESC, tenant_id LIMIT 1",
  );
  const ofTenant = listing(
    database,
    "INDEXED BY alerts_of_tenant WHERE tenant_id = :tenantId AND account_id = :accountId",
  );
  const ofAccount = listing(database, "INDEXED BY alerts_of_account WHERE account_id = :accountId");
  const counts = database.prepare(`
    SELECT count(*) AS total, sum(status <> 'resolved') AS open, sum(status <> 'resolved' AND baseline = 1) AS older_open
    FROM alerts INDEXED BY alerts_counted WHERE tenant_id = ? AND account_id = ?`);
  const toSettle = dueBy(database, "next_settle_at");
  const toAnnounce = dueBy(database, "next_announce_at");
  const idsIn = (rows: readonly Row[]) =>
    rows.map((row) => ({ tenantId: textOf(row, "tenant_id"), alertId: textOf(row, "alert_id") }));

  return {
    get: ({ accountId, tenantId }, alertId) =>
      database.read(() => {
        const row = one.get(accountId, alertId, tenantId);
        return row === undefined ? null : versionedOf<AlertRecord>(row);
      }),
    getMany: ({ accountId, tenantId }, alertIds) =>
      database.read((): readonly Versioned<AlertRecord>[] =>
        many.all(accountId, tenantId, JSON.stringify(alertIds)).map((row) => versionedOf<AlertRecord>(row)),
      ),
    list: ({ accountId, tenantId, filter, offset, limit }) =>
      database.read(() => {
        const conditions = { ...conditionsOf(filter), accountId, offset, limit };
        const rows = tenantId === null ? ofAccount.all(conditions) : ofTenant.all({ ...conditions, tenantId });
        return rows.map((row) => bodyOf<AlertRecord>(row));
      }),
    find: (accountId, alertId) =>
      database.read(() => {
        const row = anywhere.get(accountId, alertId);
        return row === undefined ? null : bodyOf<AlertRecord>(row);
      }),
    counts: ({ accountId, tenantId }) =>
      database.read(() => {
        const row = counts.get(tenantId, accountId) ?? {};
        return {
          open: numberOf(row, "open"),
          olderOpen: numberOf(row, "older_open"),
          total: numberOf(row, "total"),
        };
      }),
    dueToSettle: ({ now, limit }) => database.read(() => idsIn(toSettle.all(now, limit))),
    dueToAnnounce: ({ now, limit }) => database.read(() => idsIn(toAnnounce.all(now, limit))),
  };
}

function listing(database: Database, from: string) {
  return database.prepare(`
    SELECT body FROM alerts ${from} AND created_at >= :since
      AND (:before IS NULL OR created_at < :before)
      AND (:severity IS NULL OR severity = :severity)
      AND (:status IS NULL OR status = :status OR (:status = 'open' AND status <> 'resolved'))
      AND (:text = '' OR instr(search_text, :text) > 0)
    ORDER BY created_at DESC, alert_id DESC LIMIT :limit OFFSET :offset`);
}

function conditionsOf(filter: AlertFilter) {
  return {
    since: filter.createdSince ?? "",
    before: filter.createdBefore ?? null,
    severity: filter.severity ?? null,
    status: filter.status ?? null,
    text: searched(filter.text),
  };
}

function dueBy(database: Database, column: "next_settle_at" | "next_announce_at") {
  return database.prepare(`SELECT tenant_id, alert_id FROM alerts WHERE ${column} <= ? ORDER BY ${column} LIMIT ?`);
}
