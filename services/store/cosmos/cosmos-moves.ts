import { Breakdown } from "../../domain/breakdown.ts";
import { type MoveRequest, OPEN_MOVE_STATES } from "../../domain/move-request.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MoveStore } from "../../ports/move-store.ts";
import type { TenantScope, Versioned } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, type StoredItem } from "./cosmos-item.ts";
import { cosmosReferences } from "./cosmos-references.ts";
import { dueKeys } from "./due-keys.ts";
import type { WriteStep } from "./write-step.ts";

/** Others may ask for, and end, moves of the same tenant. */
const ROUNDS = 30;

/**
 * Moves of tenants, in their account's partition. While one is open a guard stands beside it, one per tenant, which is written
 * and deleted in the same batch as the move. `accountIds`: whose moves fall due.
 */
export function cosmosMoves(
  container: CosmosContainer,
  writeAudit: AuditedWrite,
  clock: Clock,
  accountIds: readonly string[],
): MoveStore {
  const references = cosmosReferences(container, clock, accountIds);
  const openOf = async ({ accountId, tenantId }: TenantScope): Promise<Versioned<MoveRequest> | null> => {
    const partition = accountPartition(accountId);
    const guard = await container.read<OpenMove>(partition, guardId(tenantId));
    if (guard === null) return null;
    const item = await container.read<MoveRequest>(partition, moveId(guard.value.moveId));
    // It ended between the two looks.
    return item === null || !isOpen(item.value) ? null : versionedOf(item);
  };

  return {
    create: async ({ move, audit }) => {
      const partition = accountPartition(move.accountId);
      const item: WriteStep = { do: "create", item: moveItem(move) };
      const steps: readonly WriteStep[] = isOpen(move) ? [item, { do: "create", item: guardItem(move) }] : [item];
      for (let round = 0; round < ROUNDS; round += 1) {
        const open = await openOf(move);
        if (open !== null) return { kind: "openAlready", move: open.value };
        await references.write([{ to: "move", key: move.id }], move, move.expiresAt);
        const result = await writeAudit(partition, steps, [audit]);
        if (result.kind === "stored") return { kind: "created" };
        if (result.step === 0) throw new Breakdown("conflict", "A move of this id is there already.");
      }
      throw new Breakdown("conflict", "Moves of a tenant were asked for again and again.", { retryable: true });
    },
    get: async (id) => {
      const item = await references.read<MoveRequest>({ to: "move", key: id }, moveId(id));
      return item === null ? null : versionedOf(item);
    },
    update: async ({ move, etag, audit }) => {
      const partition = accountPartition(move.accountId);
      const before = await container.read<MoveRequest>(partition, moveId(move.id));
      if (before?.etag !== etag) return "conflict";
      const { tenantId } = before.value;
      const steps: WriteStep[] = [{ do: "replace", item: moveItem(move), etag }];
      if (isOpen(before.value) && !isOpen(move)) steps.push({ do: "delete", id: guardId(tenantId) });
      if (!isOpen(before.value) && isOpen(move)) steps.push({ do: "create", item: guardItem(move) });
      const result = await writeAudit(partition, steps, audit === undefined ? [] : [audit]);
      if (result.kind === "stored" || result.step === 0) return result.kind;
      throw new Breakdown("conflict", "The tenant has another open move.");
    },
    openOf,
    due: async ({ now, limit }) =>
      (await dueKeys(container, accountIds, { kind: "move", now, limit })).map(({ id }) => String(id)),
  };
}

/** What a guard says: which move of the tenant is the open one. */
interface OpenMove {
  readonly moveId: string;
}

function moveId(id: string): string {
  return itemId("move", id);
}

export function moveItem(move: MoveRequest): Item<MoveRequest> {
  const { id, dueAt } = move;
  return { id: moveId(id), kind: "move", keys: { id, dueAt }, value: move };
}

function guardId(tenantId: string): string {
  return itemId("openMove", tenantId);
}

/** Which move of its tenant is the open one. */
export function guardItem({ id, tenantId }: MoveRequest): Item<OpenMove> {
  return { id: guardId(tenantId), kind: "openMove", keys: {}, value: { moveId: id } };
}

export function isOpen(move: MoveRequest): boolean {
  return OPEN_MOVE_STATES.has(move.state);
}

function versionedOf({ value, etag }: StoredItem<MoveRequest>): Versioned<MoveRequest> {
  return { value, etag };
}
