import {
  type ContainerDefinition,
  type IndexingPolicy,
  PartitionKeyDefinitionVersion,
  PartitionKeyKind,
} from "@azure/cosmos";
import { CONTAINER_ID } from "./connect-cosmos.ts";
import { INDEXING_POLICY } from "./indexing-policy.ts";

/** The container as it has to be; infra/cosmos.bicep says the same (test/infra/cosmos-bicep.test.ts). */
export const CONTAINER_DEFINITION = {
  id: CONTAINER_ID,
  // Version 2 hashes the whole of a key, not its first 101 bytes.
  partitionKey: { paths: ["/pk"], kind: PartitionKeyKind.Hash, version: PartitionKeyDefinitionVersion.V2 },
  // No item ends by itself but those that say so.
  defaultTtl: -1,
  indexingPolicy: INDEXING_POLICY,
} satisfies ContainerDefinition;

export type ContainerPart = "partitionKey" | "defaultTtl" | "indexingPolicy";

/** Pure: in which parts a container is not as it has to be. */
export function wrongParts(found: ContainerDefinition): readonly ContainerPart[] {
  const wrong: ContainerPart[] = [];
  const { partitionKey, defaultTtl, indexingPolicy } = CONTAINER_DEFINITION;
  if (found.partitionKey?.paths.join() !== partitionKey.paths.join()) wrong.push("partitionKey");
  if (found.defaultTtl !== defaultTtl) wrong.push("defaultTtl");
  if (policyText(found.indexingPolicy ?? {}) !== policyText(indexingPolicy)) wrong.push("indexingPolicy");
  return wrong;
}

/** What Cosmos adds to the excluded paths of every policy by itself. */
const ETAG_PATH = '/"_etag"/?';

/** One text for all spellings of one policy: what is left out is as Cosmos fills it in, and order counts only within an index. */
function policyText(policy: IndexingPolicy): string {
  const paths = (listed: readonly { path?: string }[] | undefined) =>
    (listed ?? []).map(({ path = "" }) => path).filter((path) => path !== ETAG_PATH);
  return JSON.stringify({
    mode: policy.indexingMode?.toLowerCase() ?? "consistent",
    automatic: policy.automatic ?? true,
    included: paths(policy.includedPaths).toSorted(),
    excluded: paths(policy.excludedPaths).toSorted(),
    composite: (policy.compositeIndexes ?? [])
      .map((index) => index.map(({ path, order }) => `${path} ${order ?? "ascending"}`).join())
      .toSorted(),
  });
}
