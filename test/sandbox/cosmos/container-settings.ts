import { z } from "zod";

const path = z.object({ path: z.string() });
const composite = z.object({ path: z.string(), order: z.enum(["ascending", "descending"]).default("ascending") });
const container = z.object({
  id: z.string(),
  _rid: z.string(),
  _self: z.string(),
  partitionKey: z.object({ paths: z.array(z.string()).length(1) }),
  defaultTtl: z.number().int().optional(),
  indexingPolicy: z
    .object({
      includedPaths: z.array(path).default([{ path: "/*" }]),
      excludedPaths: z.array(path).default([]),
      compositeIndexes: z.array(z.array(composite)).default([]),
    })
    .prefault({}),
});

/** What a container was created with, in the parts that operations on its items depend on. */
export interface ContainerSettings {
  id: string;
  rid: string;
  self: string;
  /** The names along the partition key's path. */
  keyPath: string[];
  /** Seconds; -1: only items with a `ttl` of their own end; absent: none does. */
  defaultTtl?: number;
  included: string[];
  excluded: string[];
  composites: { path: string; order: "ascending" | "descending" }[][];
}

/** Reads what the package stored. Throws on what this room does not simulate: a partition key of more than one path. */
export function containerSettings(stored: object): ContainerSettings {
  const { id, _rid, _self, partitionKey, defaultTtl, indexingPolicy } = container.parse(stored);
  const [keyPath = ""] = partitionKey.paths;
  return {
    id,
    rid: _rid,
    self: _self,
    keyPath: keyPath.slice(1).split("/"),
    ...(defaultTtl === undefined ? {} : { defaultTtl }),
    included: indexingPolicy.includedPaths.map((included) => included.path),
    excluded: indexingPolicy.excludedPaths.map((excluded) => excluded.path),
    composites: indexingPolicy.compositeIndexes,
  };
}

/** The partition key of a document, in the form in which requests name it; `{}` stands for "has none". */
export function partitionKeyOf(document: object, settings: ContainerSettings): string {
  let value: unknown = document;
  for (const name of settings.keyPath) {
    value =
      typeof value === "object" && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  }
  return JSON.stringify([value === undefined ? {} : value]);
}
