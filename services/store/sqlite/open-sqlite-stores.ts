import type { Stores } from "../../ports/all-stores.ts";
import type { Clock } from "../../ports/clock.ts";
import { auditWriter } from "./audit-writer.ts";
import { refuseHalfCopied } from "./copy-mark.ts";
import { openDatabase } from "./database.ts";
import { sqliteAlerts } from "./sqlite-alerts.ts";
import { sqliteAudit } from "./sqlite-audit.ts";
import { sqliteBindings } from "./sqlite-bindings.ts";
import { sqliteConsents } from "./sqlite-consents.ts";
import { sqliteConversations } from "./sqlite-conversations.ts";
import { sqliteDeliveries } from "./sqlite-deliveries.ts";
import { sqliteEphemeral } from "./sqlite-ephemeral.ts";
import { sqliteLinks } from "./sqlite-links.ts";
import { sqliteMoves } from "./sqlite-moves.ts";
import { sqliteOrganizations } from "./sqlite-organizations.ts";
import { sqliteRemovals } from "./sqlite-removals.ts";
import { sqliteRoles } from "./sqlite-roles.ts";
import { sqliteSettings } from "./sqlite-settings.ts";
import { sqliteSyncs } from "./sqlite-syncs.ts";
import { syncWriter } from "./sync-writer.ts";
import { tombstoneWriter } from "./tombstone-writer.ts";

/**
 * Opens the stores on one SQLite file (its folder is made if needed) or on ":memory:". Rejects with Breakdown
 * "store-unavailable" when the file cannot be used, also where a copy into it is not finished. The clock decides which ephemeral values have ended.
 */
export async function openSqliteStores(input: { path: string; clock: Clock }): Promise<Stores> {
  const database = openDatabase(input.path);
  try {
    refuseHalfCopied(database);
  } catch (cause) {
    await database.close();
    throw cause;
  }
  const writeAudit = auditWriter(database);
  const writeSync = syncWriter(database);
  return {
    organizations: sqliteOrganizations(database, writeAudit),
    links: sqliteLinks(database, writeAudit, tombstoneWriter(database)),
    syncs: sqliteSyncs(database, writeSync),
    alerts: sqliteAlerts(database, writeSync, writeAudit),
    deliveries: sqliteDeliveries(database),
    settings: sqliteSettings(database, writeAudit),
    roles: sqliteRoles(database, writeAudit),
    conversations: sqliteConversations(database),
    bindings: sqliteBindings(database, writeAudit),
    consents: sqliteConsents(database, writeAudit),
    moves: sqliteMoves(database, writeAudit),
    removals: sqliteRemovals(database),
    audit: sqliteAudit(database, writeAudit),
    ephemeral: sqliteEphemeral(database, input.clock),
    // A transaction leaves nothing half done.
    sweep: async () => undefined,
    // An empty write counts the versions on: it goes all the way to the file, as any other write would.
    check: () => database.write(() => undefined),
    close: () => database.close(),
  };
}
