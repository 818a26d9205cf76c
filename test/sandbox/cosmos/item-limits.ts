import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";

export const MOST_BYTES = 2 * 1024 * 1024;
const MOST_ID_BYTES = 1023;
const MOST_KEY_BYTES = 2048;

/**
 * The limits of one item, after https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-item-limits: 2 MB as UTF-8
 * JSON (413); an id of 1,023 bytes at most, a partition key value of 2,048 bytes at most (400). After
 * https://learn.microsoft.com/dotnet/api/microsoft.azure.documents.resource.id an id holds none of `/`, `\`, `?` and `#`;
 * Azure takes some of them and can then not be asked for the item, so that we refuse them all. The package has no limit.
 */
export function refuseItem(item: { id: string; bytes: number; partitionKey: string }): CosmosRefusal | undefined {
  if (Buffer.byteLength(item.id) > MOST_ID_BYTES) {
    return refusal(400, `The input name is invalid: it is longer than ${MOST_ID_BYTES} bytes.`);
  }
  if (/[/\\?#]/.test(item.id)) {
    return refusal(
      400,
      `The input name '${item.id}' is invalid. Ensure to provide a unique non-empty string without '/\\?#'.`,
    );
  }
  // The value in its JSON array, with quotes and brackets.
  if (Buffer.byteLength(item.partitionKey) - 4 > MOST_KEY_BYTES) {
    return refusal(400, `The partition key value is longer than ${MOST_KEY_BYTES} bytes.`);
  }
  return item.bytes > MOST_BYTES ? refusal(413, "Request size is too large") : undefined;
}
