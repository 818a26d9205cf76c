import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

/**
 * A request under a database or container that does not exist: 404 with substatus 1003, so that a client can tell it from an
 * absent item (404, substatus 0). After https://learn.microsoft.com/azure/cosmos-db/nosql/troubleshoot-not-found and
 * https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb. The package has no substatus.
 */
export function missingOwner(): CosmosRefusal {
  return refusal(404, "Owner resource does not exist", 1003);
}
