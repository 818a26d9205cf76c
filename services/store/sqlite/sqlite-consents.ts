import { type ConsentJourney, ENDED_CONSENT_STATES } from "../../domain/consent-journey.ts";
import type { ConsentStore, Versioned } from "../../ports/stores.ts";
import type { AuditWriter } from "./audit-writer.ts";
import type { Database } from "./database.ts";
import { bodyOf, type Row, textOf, versionedOf, versionOf } from "./stored-value.ts";

/** Writes a new journey with its legs, inside a transaction of the caller's. */
export function consentInsert(database: Database): (journey: ConsentJourney, version: number) => void {
  const insert = database.prepare("INSERT INTO consents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const insertLegs = legsInsert(database);
  return (journey, version) => {
    const { id, accountId, linkHash, tenant, createdAt, dueAt } = journey;
    const body = JSON.stringify(journey);
    insert.run(id, accountId, linkHash, tenant?.id ?? null, ended(journey), createdAt, dueAt, version, body);
    insertLegs(journey);
  };
}

function legsInsert(database: Database): (journey: ConsentJourney) => void {
  const insert = database.prepare("INSERT INTO consent_legs (state_hash, tenant_id, journey_id) VALUES (?, ?, ?)");
  return (journey) => {
    for (const leg of journey.legs) insert.run(leg.stateHash, leg.tenantId, journey.id);
  };
}

function ended(journey: ConsentJourney): number {
  return Number(ENDED_CONSENT_STATES.has(journey.state));
}

/** Consent journeys; their legs' states stand in a table of their own, so that each belongs to one journey only. */
export function sqliteConsents(database: Database, writeAudit: AuditWriter): ConsentStore {
  const insert = consentInsert(database);
  const replace = database.prepare(
    `UPDATE consents SET link_hash = ?, tenant_id = ?, ended = ?, due_at = ?, version = ?, body = ?
     WHERE journey_id = ? AND account_id = ? AND version = ?`,
  );
  const clearLegs = database.prepare("DELETE FROM consent_legs WHERE journey_id = ?");
  const insertLegs = legsInsert(database);
  const byId = database.prepare("SELECT version, body FROM consents WHERE journey_id = ?");
  const byLink = database.prepare("SELECT version, body FROM consents WHERE link_hash = ?");
  const byState = database.prepare(
    `SELECT version, body FROM consents WHERE journey_id = (SELECT journey_id FROM consent_legs WHERE state_hash = ?)`,
  );
  const open = database.prepare(
    "SELECT body FROM consents WHERE account_id = ? AND ended = 0 ORDER BY created_at DESC, journey_id DESC",
  );
  const openForTenant = database.prepare(`
    SELECT body FROM consents WHERE ended = 0 AND journey_id IN (
      SELECT journey_id FROM consents WHERE tenant_id = :tenantId
      UNION SELECT journey_id FROM consent_legs WHERE tenant_id = :tenantId)
    ORDER BY created_at, journey_id`);
  const due = database.prepare("SELECT journey_id FROM consents WHERE due_at <= ? ORDER BY due_at LIMIT ?");

  const writeLegs = (journey: ConsentJourney): void => {
    clearLegs.run(journey.id);
    insertLegs(journey);
  };
  const journeyIn = (row: Row | undefined): Versioned<ConsentJourney> | null =>
    row === undefined ? null : versionedOf<ConsentJourney>(row);

  return {
    create: (journey, audit) =>
      database.write((version) => {
        insert(journey, version);
        writeAudit([audit]);
      }),
    get: (journeyId) => database.read(() => journeyIn(byId.get(journeyId))),
    findByLink: (linkHash) => database.read(() => journeyIn(byLink.get(linkHash))),
    findByState: (stateHash) => database.read(() => journeyIn(byState.get(stateHash))),
    update: ({ journey, etag, audit }) =>
      database.writeUnlessConflict((version) => {
        const { id, accountId, linkHash, tenant, dueAt } = journey;
        const values = [linkHash, tenant?.id ?? null, ended(journey), dueAt, version, JSON.stringify(journey)];
        if (replace.run(...values, id, accountId, versionOf(etag)).changes === 0) {
          return "conflict";
        }
        writeLegs(journey);
        writeAudit(audit === undefined ? [] : [audit]);
        return "stored";
      }),
    open: (accountId) => database.read(() => open.all(accountId).map((row) => bodyOf<ConsentJourney>(row))),
    openForTenant: (tenantId) =>
      database.read(() => openForTenant.all({ tenantId }).map((row) => bodyOf<ConsentJourney>(row))),
    due: ({ now, limit }) => database.read(() => due.all(now, limit).map((row) => textOf(row, "journey_id"))),
  };
}
