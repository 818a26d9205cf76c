import { randomUUID } from "node:crypto";
import {
  type BulkPatchOperation,
  type Container,
  ErrorResponse,
  type JSONObject,
  type Operation,
  type OperationResponse,
} from "@azure/cosmos";
import type { IPolicy } from "cockatiel";
import { Breakdown } from "../../domain/breakdown.ts";
import { failureKind } from "./cosmos-failure.ts";
import type { Item, RawItem } from "./cosmos-item.ts";
import { sendBatch } from "./send-batch.ts";
import type { WriteResult, WriteStep } from "./write-step.ts";

export interface WriteBatchDeps {
  readonly container: Container;
  readonly readRaw: (partition: string, id: string) => Promise<RawItem | null>;
  readonly charge: (operation: string, kind: string, requestUnits: number) => void;
  readonly again: IPolicy;
}

/**
 * Does the steps in one transactional batch (https://learn.microsoft.com/azure/cosmos-db/nosql/transactional-batch). Every
 * item carries the name of the write that put it there: after an answer that was lost, and where a repeat by the client meets
 * its own first try, what is there is looked at and tells whether this write was done. Throws Breakdown "store-unavailable"
 * where others have overwritten all that could tell.
 */
export async function writeBatch(
  deps: WriteBatchDeps,
  partition: string,
  steps: readonly WriteStep[],
): Promise<WriteResult> {
  const writeId = randomUUID();
  const operations = steps.map((step) => operationOf(step, partition, writeId));
  const label = labelOf(steps);
  let inDoubt = false;
  const sendOnce = async (): Promise<WriteResult> => {
    if (inDoubt) {
      const trace = await lookForTrace(deps, partition, steps, writeId);
      if (trace.kind === "done") return trace.result;
      inDoubt = trace.kind === "unclear";
    }
    try {
      const answer = await sendBatch(deps.container, operations, partition);
      const results = answer.result ?? [];
      deps.charge("write", label, chargeOf(answer.headers));
      return resultOf(results);
    } catch (error) {
      inDoubt ||= failureKind(error) === "unknown";
      throw error;
    }
  };
  const result = await deps.again.execute(sendOnce);
  if (result.kind === "stored") return result;
  const trace = await deps.again.execute(() => lookForTrace(deps, partition, steps, writeId));
  if (trace.kind === "done") return trace.result;
  if (trace.kind === "notDone" || !inDoubt) return result;
  throw new Breakdown("store-unavailable", "The store did not say whether a write was done.", { retryable: true });
}

/** What there is to see of a write. */
type Trace =
  | { readonly kind: "done"; readonly result: WriteResult }
  | { readonly kind: "notDone" }
  /** Others wrote to all that it would have written: before it, or over it. */
  | { readonly kind: "unclear" };

async function lookForTrace(
  deps: Pick<WriteBatchDeps, "readRaw">,
  partition: string,
  steps: readonly WriteStep[],
  writeId: string,
): Promise<Trace> {
  const look = async (step: WriteStep) => ("item" in step ? await deps.readRaw(partition, step.item.id) : null);
  // Nobody overwrites an audit row: it says by itself that the write was not done, which is what is asked mostly.
  const row = steps.find((step) => "item" in step && step.item.kind === "audit");
  if (row !== undefined && (await look(row))?.w !== writeId) return { kind: "notDone" };
  const found = await Promise.all(steps.map(look));
  // All steps were done or none, so each that is there speaks for all.
  const etags = found.map((item) => (item?.w === writeId ? item._etag : null));
  if (etags.some((etag) => etag !== null)) return { kind: "done", result: { kind: "stored", etags } };
  // Of a write that only deletes nothing is left to tell by: what is gone is as wanted, whoever was first.
  if (!steps.some((step) => "item" in step)) return await whetherGone(deps, partition, steps);
  const isUntouched = steps.some((step, place) => {
    if (step.do === "create") return found[place] === null;
    return step.do === "replace" && found[place]?._etag === step.etag;
  });
  return { kind: isUntouched ? "notDone" : "unclear" };
}

async function whetherGone(
  deps: Pick<WriteBatchDeps, "readRaw">,
  partition: string,
  steps: readonly WriteStep[],
): Promise<Trace> {
  for (const step of steps) {
    if (step.do === "delete" && (await deps.readRaw(partition, step.id)) !== null) return { kind: "notDone" };
  }
  return { kind: "done", result: { kind: "stored", etags: steps.map(() => null) } };
}

function operationOf(step: WriteStep, partition: string, writeId: string): Exclude<Operation, BulkPatchOperation> {
  switch (step.do) {
    case "create":
      return { operationType: "Create", resourceBody: bodyOf(step.item, partition, writeId) };
    case "put":
      return { operationType: "Upsert", resourceBody: bodyOf(step.item, partition, writeId) };
    case "replace": {
      const { id } = step.item;
      return {
        operationType: "Replace",
        id,
        ifMatch: oneVersion(step.etag),
        resourceBody: bodyOf(step.item, partition, writeId),
      };
    }
    case "delete":
      return {
        operationType: "Delete",
        id: step.id,
        ...(step.etag === undefined ? {} : { ifMatch: oneVersion(step.etag) }),
      };
    case "require":
      return { operationType: "Read", id: step.id };
  }
}

/**
 * Values of the domain are plain data. Where a text in one has half a character (an attacker may send that), JSON cannot
 * carry it as Cosmos keeps it, so that value is kept as a text of JSON.
 */
function bodyOf({ id, kind, keys, value, ttl }: Item, partition: string, writeId: string): JSONObject {
  const json = JSON.stringify(value);
  const kept = HALF_CHARACTER.test(json) ? { text: json } : { value };
  const body = { id, pk: partition, kind, keys, w: writeId, ...kept, ...(ttl === undefined ? {} : { ttl }) };
  return body as unknown as JSONObject;
}

/** How JSON.stringify writes a surrogate that stands alone. */
const HALF_CHARACTER = /\\ud[89a-f]/i;

/** An empty tag would be no condition, and a star any version: neither was ever given to anybody, so neither fits. */
function oneVersion(etag: string): string {
  return etag === "" || etag === "*" ? '"none"' : etag;
}

function resultOf(results: readonly OperationResponse[]): WriteResult {
  // 424: not done because another step could not be done.
  const step = results.findIndex(({ statusCode }) => statusCode >= 400 && statusCode !== 424);
  const failed = results[step];
  if (failed === undefined) return { kind: "stored", etags: results.map(({ eTag }) => eTag ?? null) };
  return { kind: "conflict", step, why: whyOf(failed.statusCode) };
}

function whyOf(status: number): "exists" | "absent" | "changed" {
  if (status === 409) return "exists";
  if (status === 404) return "absent";
  if (status === 412) return "changed";
  throw Object.assign(new ErrorResponse("A step of a write was refused."), { code: status });
}

function labelOf(steps: readonly WriteStep[]): string {
  const item = steps.map((step) => ("item" in step ? step.item.kind : null)).find((kind) => kind !== null);
  return item ?? "deletion";
}

function chargeOf(headers: Readonly<Record<string, unknown>>): number {
  return Number(headers["x-ms-request-charge"] ?? 0);
}
