import type { IndexingPolicy } from "@azure/cosmos";

/**
 * Serves our queries and nothing else: what an item is found and ordered by stands in its `keys`; its value is not indexed,
 * so that writing it costs little. https://learn.microsoft.com/azure/cosmos-db/index-policy
 */
export const INDEXING_POLICY: IndexingPolicy = {
  indexingMode: "consistent",
  automatic: true,
  includedPaths: [{ path: "/kind/?" }, { path: "/keys/*" }],
  excludedPaths: [{ path: "/*" }],
};
