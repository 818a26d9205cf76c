import type { KeptRecord } from "../../domain/kept-record.ts";
import { KINDS_IN_ORDER } from "../../domain/kept-record.ts";
import type { CopyTarget } from "../../ports/store-copy.ts";
import { auditHeadPut, sealedRowInsert } from "./audit-writer.ts";
import { readMark, removeMark, writeMark } from "./copy-mark.ts";
import type { Database } from "./database.ts";
import { keptPages } from "./kept-pages.ts";
import { alertInsert } from "./sqlite-alerts.ts";
import { bindingPut } from "./sqlite-bindings.ts";
import { consentInsert } from "./sqlite-consents.ts";
import { conversationPut } from "./sqlite-conversations.ts";
import { deliveryInsert } from "./sqlite-deliveries.ts";
import { linkInsert } from "./sqlite-links.ts";
import { moveInsert } from "./sqlite-moves.ts";
import { organizationInsert } from "./sqlite-organizations.ts";
import { retiredCardPut } from "./sqlite-removals.ts";
import { rolePut, rolesBegin } from "./sqlite-roles.ts";
import { settingsInsert } from "./sqlite-settings.ts";
import { numberOf } from "./stored-value.ts";
import { syncInsert } from "./sync-writer.ts";
import { tombstonePut } from "./tombstone-writer.ts";

/** A database as a copy reads and writes it. A page and the mark behind it are one transaction. */
export function sqliteCopy(database: Database): CopyTarget {
  const pages = keptPages(database);
  const write = recordWriter(database);
  return {
    ...pages,
    // A transaction leaves nothing half done.
    settle: async () => undefined,
    // Nobody else can be: the connection has the file to itself.
    isInUse: async () => false,
    isEmpty: async () => {
      for (const kind of KINDS_IN_ORDER) if ((await pages.count(kind)) > 0) return false;
      return true;
    },
    mark: () => database.read(() => readMark(database)),
    setMark: (mark) => database.write(() => writeMark(database, mark)),
    write: ({ records, mark }) =>
      database.write((version) => {
        for (const record of records) write(record, version);
        writeMark(database, mark);
      }),
    removeMark: () => database.write(() => removeMark(database)),
  };
}

function recordWriter(database: Database): (record: KeptRecord, version: number) => void {
  const organization = organizationInsert(database);
  const link = linkInsert(database);
  const sync = syncInsert(database);
  const settings = settingsInsert(database);
  const [beginRoles, role] = [rolesBegin(database), rolePut(database)];
  const conversation = conversationPut(database);
  const binding = bindingPut(database);
  const consent = consentInsert(database);
  const move = moveInsert(database);
  const tombstone = tombstonePut(database);
  const retiredCard = retiredCardPut(database);
  const [sealed, head] = [sealedRowInsert(database), auditHeadPut(database)];
  const alert = alertInsert(database);
  const delivery = deliveryInsert(database);
  const nextVersion = database.prepare("UPDATE version_counter SET value = value + 1 RETURNING value");

  return ({ kind, value }, version) => {
    switch (kind) {
      case "organization":
        return organization(value);
      case "link":
        return link(value, version);
      case "sync":
        return sync(value, version);
      case "settings":
        return void settings(value, version);
      case "roles":
        beginRoles(value.accountId, version);
        return value.grants.forEach(role);
      case "conversation":
        // Versions tell which one was heard of last.
        return conversation(value, numberOf(nextVersion.get() ?? {}, "value"));
      case "binding":
        return binding(value);
      case "consent":
        return consent(value, version);
      case "move":
        return move(value, version);
      case "tombstone":
        return tombstone(value);
      case "retiredCard":
        return retiredCard(value);
      case "audit":
        return sealed(value);
      case "auditHead":
        return head(value);
      case "alert":
        return void alert(value, version);
      case "delivery":
        return void delivery(value, version);
    }
  };
}
