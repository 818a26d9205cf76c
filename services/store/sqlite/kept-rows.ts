import { Breakdown } from "../../domain/breakdown.ts";
import { type KeptKind, type KeptRecord, keptRoles } from "../../domain/kept-record.ts";
import type { RoleGrant } from "../../domain/role.ts";
import { sealedRow } from "./audit-chains.ts";
import type { Database } from "./database.ts";
import { bodyOf, numberOf, type Row, textOf } from "./stored-value.ts";

/** Where the records of a kind lie, and how one is read from its row. */
export interface KeptRows {
  readonly table: string;
  /** Columns that order the rows and tell each from all others; an index serves them. */
  readonly keys: readonly string[];
  /** What is read beside the keys. */
  readonly columns: string;
  /** Where the keys need more than the table. */
  readonly from?: string;
  /** The first of the keys, where only they are of the table that is read first. */
  readonly entry?: readonly string[];
  readonly record: (row: Row) => KeptRecord;
}

/** A tenant's alerts lie together, so that they can be written together. */
const ALERTS = "alerts INDEXED BY alerts_of_tenant";

export function keptRows(database: Database): Readonly<Record<KeptKind, KeptRows>> {
  const grants = database.prepare("SELECT body FROM roles WHERE account_id = ?");
  return {
    organization: {
      ...whole("organizations", ["account_id", "organization_id"]),
      record: (row) => ({ kind: "organization", value: bodyOf(row) }),
    },
    link: { ...whole("links", ["tenant_id"]), record: (row) => ({ kind: "link", value: bodyOf(row) }) },
    sync: { ...whole("syncs", ["tenant_id"]), record: (row) => ({ kind: "sync", value: bodyOf(row) }) },
    settings: {
      ...whole("settings", ["account_id", "tenant_id"]),
      record: (row) => {
        const level = { accountId: textOf(row, "account_id"), tenantId: textOf(row, "tenant_id") || null };
        return { kind: "settings", value: { level, settings: bodyOf(row) } };
      },
    },
    roles: {
      table: "role_versions",
      keys: ["account_id"],
      columns: "version",
      record: (row) => {
        const accountId = textOf(row, "account_id");
        return { kind: "roles", value: keptRoles(accountId, grants.all(accountId).map(bodyOf<RoleGrant>)) };
      },
    },
    conversation: {
      ...whole("conversations", ["version"]),
      record: (row) => ({ kind: "conversation", value: bodyOf(row) }),
    },
    binding: {
      ...whole("bindings", ["account_id", "conversation_id", "kind"]),
      record: (row) => ({ kind: "binding", value: bodyOf(row) }),
    },
    consent: { ...whole("consents", ["journey_id"]), record: (row) => ({ kind: "consent", value: bodyOf(row) }) },
    move: { ...whole("moves", ["move_id"]), record: (row) => ({ kind: "move", value: bodyOf(row) }) },
    tombstone: {
      ...whole("removed_tenants", ["account_id", "tenant_id"]),
      record: (row) => ({ kind: "tombstone", value: bodyOf(row) }),
    },
    retiredCard: {
      ...whole("retired_cards", ["account_id", "conversation_id", "activity_id"]),
      record: (row) => ({ kind: "retiredCard", value: bodyOf(row) }),
    },
    audit: { table: "audit", keys: ["account_id", "chain", "sequence"], columns: "*", record: auditRecord },
    auditHead: {
      table: "audit_heads",
      keys: ["account_id", "chain"],
      columns: "sequence, hash",
      record: (row) => {
        const place = { accountId: textOf(row, "account_id"), chain: textOf(row, "chain") };
        return {
          kind: "auditHead",
          value: { ...place, sequence: numberOf(row, "sequence"), hash: textOf(row, "hash") },
        };
      },
    },
    alert: {
      ...whole("alerts", ["tenant_id", "created_at", "alert_id"]),
      from: ALERTS,
      record: (row) => ({ kind: "alert", value: bodyOf(row) }),
    },
    delivery: {
      table: "deliveries",
      keys: ["tenant_id", "created_at", "alert_id", "conversation_id"],
      entry: ["tenant_id", "created_at", "alert_id"],
      columns: "deliveries.body AS body",
      from: `${ALERTS} CROSS JOIN deliveries USING (account_id, alert_id, tenant_id)`,
      record: (row) => ({ kind: "delivery", value: bodyOf(row) }),
    },
  };
}

function whole(table: string, keys: readonly string[]): Omit<KeptRows, "record"> {
  return { table, keys, columns: "body" };
}

/** A row that says something else than what it is found by would be found by what it says in another store, and so be healed. */
function auditRecord(stored: Row): KeptRecord {
  const { row, ...place } = sealedRow(stored);
  if (row !== null) return { kind: "audit", value: { row, ...place } };
  const { chain, sequence } = stored;
  throw new Breakdown(
    "refused",
    "A row of the audit log was changed, and is not copied: say `audit verify` to the bot.",
    {
      detail: `chain ${String(chain)}, row ${String(sequence)}`,
    },
  );
}
