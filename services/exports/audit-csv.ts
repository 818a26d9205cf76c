import type { AuditRow } from "../domain/audit.ts";
import type { AuditFilter } from "../ports/audit-log.ts";
import type { AuditStore, ConversationStore } from "../ports/stores.ts";
import { type CsvRow, csvText } from "./csv-text.ts";

export interface AuditCsvDeps {
  readonly audit: Pick<AuditStore, "list">;
  readonly conversations: Pick<ConversationStore, "get">;
}

const PAGE = 500;

const HEADING: CsvRow = [
  "When (UTC)",
  "Who",
  "Who (id)",
  "What",
  "Phase",
  "Target",
  "Before",
  "After",
  "Where",
  "Tenant id",
  "Operation id",
  "Row id",
];

/** The audit log's rows that fit the filter, newest first, read page by page. */
export function auditCsv(
  deps: AuditCsvDeps,
  input: { accountId: string; filter: AuditFilter },
): AsyncGenerator<string> {
  return csvText(HEADING, pagesOf(deps, input));
}

async function* pagesOf(
  deps: AuditCsvDeps,
  input: { accountId: string; filter: AuditFilter },
): AsyncGenerator<readonly CsvRow[]> {
  const names = new Map<string, string>();
  let last: AuditRow | undefined;
  while (true) {
    const after = last === undefined ? {} : { olderThan: last };
    const rows = await deps.audit.list({ ...input.filter, accountId: input.accountId, ...after, limit: PAGE });
    for (const { where } of rows) {
      if (where === null || names.has(where)) continue;
      names.set(where, (await deps.conversations.get(input.accountId, where))?.name ?? where);
    }
    yield rows.map((row) => cellsOf(row, names));
    last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
  }
}

function cellsOf(row: AuditRow, names: ReadonlyMap<string, string>): CsvRow {
  const [who, whoId] = row.actor.kind === "person" ? [row.actor.name, row.actor.id] : ["Watchdesk", ""];
  const where = row.where === null ? "" : (names.get(row.where) ?? row.where);
  const { at, verb, phase, target, before, after, tenantId, operationId, id } = row;
  return [at, who, whoId, verb, phase, target, before ?? "", after ?? "", where, tenantId ?? "", operationId, id];
}
