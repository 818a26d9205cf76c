import { createHash } from "node:crypto";
import { ExponentialBackoff, handleWhenResult, retry } from "cockatiel";
import type { AuditRow } from "../../domain/audit.ts";
import { chainOf, isOfAlert, type Sha256, sealOf } from "../../domain/audit-chain.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import { organizationKey } from "../../domain/organization.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, keyText, type StoredItem, tenantPartition } from "./cosmos-item.ts";
import type { WriteResult, WriteStep } from "./write-step.ts";

/** An audit row as it is kept: the row, and what ties it to the one before. */
export interface KeptRow {
  readonly row: AuditRow;
  readonly previousHash: string;
  readonly hash: string;
}

export interface KeptHead {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Does the steps and appends the rows to the ends of their chains, all in one write of one partition, or nothing. The head of
 * a chain is replaced by the version that was read: who comes second reads it again, so a chain never forks and has no gap.
 */
export type AuditedWrite = (
  partition: string,
  steps: readonly WriteStep[],
  rows: readonly AuditRow[],
) => Promise<WriteResult>;

/** Others may be at the same chain: enough for fifty of them at once. */
const TRIES = 80;

const sha256: Sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The partition that a row and its chain lie in: that of the alert it tells of, else that of the account. */
export function partitionOfRow(row: AuditRow): string {
  return isOfAlert(row) ? tenantPartition(row) : accountPartition(row.accountId);
}

export function auditedWrite(container: CosmosContainer): AuditedWrite {
  const untilOurTurn = retry(
    handleWhenResult((outcome) => outcome === "headMoved"),
    { maxAttempts: TRIES, backoff: new ExponentialBackoff({ initialDelay: 2, maxDelay: 250 }) },
  );
  return async (partition, steps, rows) => {
    if (rows.length === 0) return await container.write(partition, steps);
    if (rows.some((row) => partitionOfRow(row) !== partition)) {
      throw new Breakdown("refused", "An audit row is written where its chain lies.");
    }
    const outcome = await untilOurTurn.execute(async () => {
      const chained = await chainedSteps(container, partition, rows);
      const result = await container.write(partition, [...steps, ...chained]);
      const ours = result.kind === "conflict" && result.step >= steps.length;
      if (!ours) return result;
      const step = chained[result.step - steps.length];
      const isHead = step !== undefined && "item" in step && step.item.kind === "auditHead";
      if (isHead) return "headMoved";
      throw new Breakdown("conflict", "An audit row of this id is there already.");
    });
    if (outcome === "headMoved") throw new Breakdown("conflict", "The audit log is too busy.", { retryable: true });
    return outcome;
  };
}

async function chainedSteps(
  container: CosmosContainer,
  partition: string,
  rows: readonly AuditRow[],
): Promise<readonly WriteStep[]> {
  const heads = new Map<string, { stored: StoredItem<KeptHead> | null; head: KeptHead }>();
  const steps: WriteStep[] = [];
  for (const row of rows) {
    const chain = chainOf(row);
    const known = heads.get(chain) ?? (await readHead(container, partition, chain));
    const sequence = known.head.sequence + 1;
    const previousHash = known.head.hash;
    const hash = sealOf(sha256, { row, sequence, previousHash });
    heads.set(chain, { stored: known.stored, head: { sequence, hash } });
    steps.push({ do: "create", item: rowItem(row, sequence, { row, previousHash, hash }) });
  }
  for (const [chain, { stored, head }] of heads) {
    const item = headItem(rows[0]?.accountId ?? "", chain, head);
    steps.push(stored === null ? { do: "create", item } : { do: "replace", item, etag: stored.etag });
  }
  return steps;
}

async function readHead(container: CosmosContainer, partition: string, chain: string) {
  const stored = await container.read<KeptHead>(partition, headId(chain));
  return { stored, head: stored?.value ?? { sequence: 0, hash: "" } };
}

export function headId(chain: string): string {
  return itemId("auditHead", chain);
}

export function headItem(accountId: string, chain: string, value: KeptHead): Item<KeptHead> {
  return { id: headId(chain), kind: "auditHead", keys: { accountId, chain }, value };
}

export function rowId(row: Pick<AuditRow, "id">): string {
  return itemId("audit", row.id);
}

export function rowItem(row: AuditRow, sequence: number, value: KeptRow): Item<KeptRow> {
  return {
    id: rowId(row),
    kind: "audit",
    keys: auditKeys(row, sequence),
    value,
  };
}

/** What orders the whole log: by time; rows of one moment by chain and place in it. */
function orderOf(row: AuditRow, chain: string, sequence: number): string {
  return `${row.at}|${chain}|${String(sequence).padStart(9, "0")}`;
}

/** What a row is found by; made from the row and its place alone, so that it can be checked against them. */
export function auditKeys(row: AuditRow, sequence: number): Item["keys"] {
  const chain = chainOf(row);
  return {
    accountId: row.accountId,
    tenantId: row.tenantId,
    at: row.at,
    target: keyText(row.target),
    targetKey: keyText(organizationKey(row.target)),
    verbKey: keyText(row.verb.toLowerCase()),
    actorKey: row.actor.kind === "watchdesk" ? "watchdesk" : keyText(organizationKey(row.actor.name)),
    actorId: row.actor.kind === "watchdesk" ? "" : keyText(row.actor.id),
    chain,
    sequence,
    order: orderOf(row, chain, sequence),
  };
}
