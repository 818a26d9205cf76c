import type { AlertRecord } from "../../domain/alert-record.ts";
import { Breakdown } from "../../domain/breakdown.ts";
import type { AlertStore, TenantScope, WriteOutcome } from "../../ports/stores.ts";
import { alertItem, type Retention } from "./alert-items.ts";
import { batchesOf } from "./batches.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { isTooLarge } from "./cosmos-failure.ts";
import { tenantPartition } from "./cosmos-item.ts";
import type { SyncWrite } from "./cosmos-syncs.ts";
import { whileLinked } from "./settled-link.ts";
import { STEPS_PER_WRITE, type WriteStep } from "./write-step.ts";

type Page = Parameters<AlertStore["storePage"]>[0];
type PageRecord = Page["records"][number];

/**
 * Stores a page: each batch of records all or nothing, and only if the tenant is linked; the watermark after the last of them,
 * so that it never stands ahead of an alert (R2). A page of more than 99 records or 1.5 MB takes several batches: where a
 * later one meets a conflict the earlier ones stay, and are found unchanged when the page is decided again.
 */
export async function storePage(
  deps: { container: CosmosContainer; writeSync: SyncWrite; retention: () => Retention },
  page: Page,
): Promise<WriteOutcome> {
  requireScope(page);
  const { scope, records, sync } = page;
  if (sync !== undefined && !(await deps.writeSync.fits(sync))) return "conflict";
  const linked = await whileLinked(deps.container, scope);
  if (linked === null) return "conflict";
  const batches = batchesOf(records, { most: STEPS_PER_WRITE - 1, sizedBy: ({ record }) => record });
  for (const batch of batches) {
    if ((await storeBatch(deps, scope, batch, linked)) === "conflict") return "conflict";
  }
  return sync === undefined ? "stored" : await deps.writeSync.replace(sync);
}

async function storeBatch(
  deps: { container: CosmosContainer; retention: () => Retention },
  scope: TenantScope,
  records: readonly PageRecord[],
  linked: WriteStep,
): Promise<WriteOutcome> {
  const steps = records.map(({ record, etag }): WriteStep => {
    const item = alertItem(record, deps.retention());
    return etag === null ? { do: "create", item } : { do: "replace", item, etag };
  });
  try {
    const write = await deps.container.write(tenantPartition(scope), [linked, ...steps]);
    return write.kind;
  } catch (error) {
    if (!isTooLarge(error) || records.length === 1) throw error;
    const half = Math.ceil(records.length / 2);
    const first = await storeBatch(deps, scope, records.slice(0, half), linked);
    return first === "conflict" ? first : await storeBatch(deps, scope, records.slice(half), linked);
  }
}

function requireScope({ scope, records, sync }: Page): void {
  const items: readonly TenantScope[] = [
    ...records.map(({ record }: { record: AlertRecord }) => record),
    ...(sync === undefined ? [] : [sync.sync]),
  ];
  if (items.some((item) => item.accountId !== scope.accountId || item.tenantId !== scope.tenantId)) {
    throw new Breakdown("refused", "A page holds what belongs to its own account and tenant only.");
  }
}
