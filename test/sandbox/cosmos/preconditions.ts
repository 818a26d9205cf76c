import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

export interface Preconditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
}

const NOT_MET = "Operation cannot be performed because one of the specified precondition is not met.";

/**
 * Judges If-Match and If-None-Match against the item as it is, after
 * https://learn.microsoft.com/azure/cosmos-db/nosql/database-transactions-optimistic-concurrency and
 * https://learn.microsoft.com/rest/api/cosmos-db/get-a-document: If-Match with another etag is a 412, `*` fits whatever exists;
 * If-None-Match with the item's etag is a 304 for a read and a 412 for a write. The package knows neither `*` nor If-None-Match.
 *
 * An upsert with If-Match on an absent item creates it: Azure judges the condition against an existing item only
 * (https://github.com/Azure/azure-cosmos-dotnet-v3/issues/1698), so that an upsert is no guard against a deletion.
 */
export function refusePrecondition(
  conditions: Preconditions,
  item: { _etag: string } | undefined,
  reading: boolean,
): CosmosRefusal | undefined {
  const { ifMatch, ifNoneMatch } = conditions;
  if (item === undefined) return undefined;
  if (ifMatch !== undefined && ifMatch !== "*" && ifMatch !== item._etag) return refusal(412, NOT_MET);
  if (ifNoneMatch !== undefined && (ifNoneMatch === "*" || ifNoneMatch === item._etag)) {
    return reading ? refusal(304, "") : refusal(412, NOT_MET);
  }
  return undefined;
}

/** What the package does by itself. */
export function refuseOtherEtag(
  { ifMatch }: Preconditions,
  item: { _etag: string } | undefined,
): CosmosRefusal | undefined {
  return ifMatch !== undefined && item !== undefined && ifMatch !== item._etag ? refusal(412, NOT_MET) : undefined;
}
