import { randomUUID } from "node:crypto";
import type { ContainerItems, ItemTable, StoredItem } from "./container-items.ts";
import type { ContainerSettings } from "./container-settings.ts";
import { partitionKeyOf } from "./container-settings.ts";
import type { Corrected } from "./corrections.ts";
import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";
import { refuseItem } from "./item-limits.ts";
import { indexedProperties } from "./ordered-paths.ts";
import type { Preconditions } from "./preconditions.ts";
import { refuseOtherEtag, refusePrecondition } from "./preconditions.ts";
import { ABSENT_CHARGE, readCharge, writeCharge } from "./request-charge.ts";
import { refuseTtl } from "./time-to-live.ts";

/** What an operation on one item needs to know of where it happens. */
export interface ItemScope {
  settings: ContainerSettings;
  items: ContainerItems;
  corrected: Corrected;
  now: Date;
  /** The partition as JSON, as the request names it. */
  partitionKey: string;
}

export type ItemOperation = { conditions: Preconditions } & (
  | { kind: "read" | "delete"; id: string }
  | { kind: "create" | "upsert"; document: Record<string, unknown> }
  | { kind: "replace"; id: string; document: Record<string, unknown> }
);

export type ItemOutcome =
  | { kind: "done"; status: 200 | 201 | 204; item: StoredItem | undefined; charge: number }
  | { kind: "refused"; refusal: CosmosRefusal; charge: number };

/** Carries out one operation on one item, or says why not; the table is then as it was. */
export function operateItem(scope: ItemScope, table: ItemTable, operation: ItemOperation): ItemOutcome {
  switch (operation.kind) {
    case "read":
    case "delete":
      return onPresent(scope, table, operation.id, operation);
    case "replace": {
      const invalid = refuseDocument(scope, operation.document, operation.id);
      return invalid === undefined ? onPresent(scope, table, operation.id, operation) : refused(invalid);
    }
    case "create":
    case "upsert": {
      const { id } = operation.document;
      const invalid = refuseDocument(scope, operation.document, id);
      if (invalid !== undefined || typeof id !== "string")
        return refused(invalid ?? refusal(400, "The id is missing."));
      if (table.get(id) === undefined)
        return store(scope, table, { document: operation.document, id, before: undefined });
      if (operation.kind === "upsert") return onPresent(scope, table, id, { ...operation, kind: "replace" });
      return refused(refusal(409, "Entity with the specified id already exists in the system.", 0), ABSENT_CHARGE);
    }
  }
}

type OnPresent = { conditions: Preconditions } & (
  | { kind: "read" | "delete" }
  | { kind: "replace"; document: Record<string, unknown> }
);

function onPresent(scope: ItemScope, table: ItemTable, id: string, operation: OnPresent): ItemOutcome {
  const before = table.get(id);
  if (before === undefined) {
    return refused(refusal(404, "Entity with the specified id does not exist in the system.", 0), ABSENT_CHARGE);
  }
  const reading = operation.kind === "read";
  const unmet = scope.corrected("preconditions")
    ? refusePrecondition(operation.conditions, before.body, reading)
    : refuseOtherEtag(reading ? {} : operation.conditions, before.body);
  if (unmet !== undefined) return refused(unmet, ABSENT_CHARGE);
  if (operation.kind === "read") return { kind: "done", status: 200, item: before, charge: readCharge(before.bytes) };
  if (operation.kind === "replace") return store(scope, table, { document: operation.document, id, before });
  table.delete(id);
  const indexed = indexedProperties(before.body, scope.settings);
  return {
    kind: "done",
    status: 204,
    item: undefined,
    charge: writeCharge({ kind: "delete", bytes: before.bytes, indexed }),
  };
}

interface Change {
  document: Record<string, unknown>;
  id: string;
  before: StoredItem | undefined;
}

function store(scope: ItemScope, table: ItemTable, { document, id, before }: Change): ItemOutcome {
  const { settings } = scope;
  const ordinal = before?.ordinal ?? scope.items.nextOrdinal();
  const _rid = before?.body._rid ?? resourceId(settings.rid, ordinal);
  const body = {
    ...document,
    id,
    _rid,
    _self: `${settings.self}/docs/${_rid}/`,
    _etag: `"${randomUUID()}"`,
    _attachments: "attachments/",
    _ts: Math.floor(scope.now.getTime() / 1000),
  };
  const bytes = Buffer.byteLength(JSON.stringify(body));
  const item = { body, ordinal, bytes };
  table.set(item);
  const indexed = indexedProperties(body, settings);
  const kind = before === undefined ? "create" : "replace";
  return {
    kind: "done",
    status: before === undefined ? 201 : 200,
    item,
    charge: writeCharge({ kind, bytes, indexed }),
  };
}

function refuseDocument(scope: ItemScope, document: Record<string, unknown>, id: unknown): CosmosRefusal | undefined {
  if (typeof document.id !== "string" || document.id === "") {
    return refusal(400, "The input content is invalid because the required properties - 'id; ' - are missing");
  }
  if (document.id !== id) return refusal(400, "The id in the document differs from the one in the request.");
  const { corrected, settings, partitionKey } = scope;
  if (corrected("partition-scope") && partitionKeyOf(document, settings) !== partitionKey) {
    const message = "PartitionKey extracted from document doesn't match the one specified in the header.";
    return refusal(400, message, 1001);
  }
  const bytes = corrected("item-limits") ? Buffer.byteLength(JSON.stringify(document)) : 0;
  const tooLarge = corrected("item-limits") ? refuseItem({ id: document.id, bytes, partitionKey }) : undefined;
  return tooLarge ?? (corrected("time-to-live") ? refuseTtl(document) : undefined);
}

/** The container's eight bytes, then the ordinal with its lowest byte first: clients compare the second half. */
function resourceId(container: string, ordinal: number): string {
  const bytes = Buffer.alloc(16);
  Buffer.from(container, "base64").copy(bytes, 0, 0, 8);
  bytes.writeUInt32LE(ordinal, 8);
  return bytes.toString("base64");
}

function refused(reason: CosmosRefusal, charge = 0): ItemOutcome {
  return { kind: "refused", refusal: reason, charge };
}
