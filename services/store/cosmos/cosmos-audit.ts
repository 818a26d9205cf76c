import type { AuditRow } from "../../domain/audit.ts";
import { chainOf } from "../../domain/audit-chain.ts";
import type { AuditStore } from "../../ports/stores.ts";
import { auditChains } from "./audit-chains.ts";
import { auditQuery } from "./audit-query.ts";
import { type AuditedWrite, type KeptRow, partitionOfRow, rowId } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { STEPS_PER_WRITE } from "./write-step.ts";

const ROWS_PER_WRITE = 90;

/** Cosmos takes 2 MB a request; the rest is left for keys and what it adds to each item. */
const BYTES_PER_WRITE = 1_000_000;

/**
 * The audit log; rows are only ever added, which chains of hashes prove. Rows of one partition are appended all or none, up to
 * 90 of them and 1 MB; more, or those of several partitions, in several writes, of which the first stay where a later one fails.
 */
export function cosmosAudit(container: CosmosContainer, writeAudit: AuditedWrite): AuditStore {
  return {
    append: async (rows) => {
      for (const [partition, ofPartition] of Map.groupBy(rows, partitionOfRow)) {
        for (const part of partsOf(ofPartition)) await writeAudit(partition, [], part);
      }
    },
    list: async ({ olderThan, ...page }) => {
      const older = olderThan && (await orderKeyOf({ ...olderThan, accountId: page.accountId }));
      const found = await container.find<KeptRow>(auditQuery(page, older));
      return found.map(({ value }) => value.row);
    },
    ...auditChains(container),
  };

  /** A row that is not there stands before all others of its moment. */
  async function orderKeyOf(row: AuditRow): Promise<string> {
    const stored = await container.read(partitionOfRow(row), rowId(row));
    return stored === null ? row.at : String(stored.keys.order);
  }
}

/** Parts that each fit one write, with the heads of their chains. */
function partsOf(rows: readonly AuditRow[]): readonly (readonly AuditRow[])[] {
  const parts: AuditRow[][] = [];
  let chains = new Set<string>();
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    const chain = chainOf(row);
    const last = parts.at(-1);
    const heads = new Set([...chains, chain]);
    const isFull =
      last === undefined ||
      last.length === ROWS_PER_WRITE ||
      last.length + 1 + heads.size > STEPS_PER_WRITE ||
      bytes + size > BYTES_PER_WRITE;
    if (isFull) parts.push([row]);
    else last.push(row);
    chains = isFull ? new Set([chain]) : heads;
    bytes = isFull ? size : bytes + size;
  }
  return parts;
}
