import type { AuditRow } from "../../domain/audit.ts";
import type { SealedRow } from "../../domain/audit-chain.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { AuditChains, ChainHead } from "../../ports/audit-log.ts";
import { auditKeys, headId, type KeptHead, type KeptRow, rowId } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { type ItemKind, keptValue, type RawItem } from "./cosmos-item.ts";
import { partitionOfChain } from "./partition-of-chain.ts";

/** The audit log's chains as they lie in the container, whatever was done to them. */
export function auditChains(container: CosmosContainer): AuditChains {
  // Over all partitions: a chain is also found by what lies where it should not.
  const firstAfter = async (kind: ItemKind, accountId: string, after: string): Promise<string | null> => {
    const [first] = await container.findKeys({
      partition: null,
      kind,
      where: ["k.accountId = @accountId", "k.chain > @after"],
      values: { accountId, after },
      orderBy: ["chain"],
      take: 1,
    });
    return first === undefined ? null : String(first.chain);
  };

  return {
    nextChain: async (accountId, after) => {
      const found = [await firstAfter("audit", accountId, after), await firstAfter("auditHead", accountId, after)];
      return found.filter((chain) => chain !== null).sort()[0] ?? null;
    },
    chainRows: async ({ accountId, chain, after, limit }) => {
      const rows = await container.findRaw({
        partition: partitionOfChain(accountId, chain),
        kind: "audit",
        where: ["k.chain = @chain", "k.sequence > @after"],
        values: { chain, after },
        orderBy: ["sequence"],
        take: limit,
      });
      return rows.map(sealedRow);
    },
    chainHead: async (accountId, chain) => {
      const stored = await container.read<KeptHead | null>(partitionOfChain(accountId, chain), headId(chain));
      return soundHead(stored?.value);
    },
  };
}

/** Half a head leads nowhere, and is none. */
function soundHead(head: Partial<KeptHead> | null | undefined): ChainHead | null {
  const { sequence, hash } = head ?? {};
  return Number.isInteger(sequence) && sequence !== undefined && typeof hash === "string" ? { sequence, hash } : null;
}

/** An item of a row as it lies there. */
export function sealedRow(raw: RawItem): SealedRow {
  const sequence = Number(raw.keys.sequence);
  const kept = keptIn(raw);
  return {
    row: kept !== null && isFoundByWhatItSays(raw, kept.row, sequence) ? kept.row : null,
    sequence,
    previousHash: String(kept?.previousHash ?? ""),
    hash: String(kept?.hash ?? ""),
  };
}

/** What is kept as a row, unless it cannot be read. */
function keptIn(raw: RawItem): KeptRow | null {
  try {
    return keptValue<KeptRow | null | undefined>(raw) ?? null;
  } catch (cause) {
    if (cause instanceof Breakdown) return null;
    throw cause;
  }
}

function isFoundByWhatItSays(raw: RawItem, row: AuditRow, sequence: number): boolean {
  try {
    const expected = Object.entries(auditKeys(row, sequence));
    return raw.id === rowId(row) && expected.every(([name, value]) => raw.keys[name] === value);
  } catch (cause) {
    // A part that the row must have is not there.
    if (cause instanceof TypeError) return false;
    throw cause;
  }
}
