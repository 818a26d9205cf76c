import type { KeptKind } from "../../domain/kept-record.ts";
import type { RecordPage } from "../../ports/store-copy.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import type { RawItem } from "./cosmos-item.ts";
import type { ItemQuery } from "./item-query.ts";
import { orderedBy, recordOf } from "./kept-items.ts";

/**
 * The records of a container, page after page over all partitions, by a text that an index orders. Several partitions may have
 * the same one, so a page never ends among them: the last ones are left to the next page, or read to their end.
 */
export async function keptPage(
  container: CosmosContainer,
  kind: KeptKind,
  after: string | null,
  limit: number,
): Promise<RecordPage> {
  const by = orderedBy(kind);
  const placeOf = (raw: RawItem) => String(by === "c.id" ? raw.id : raw.keys[by]);
  const place = by === "c.id" ? by : `k.${by}`;
  const query: ItemQuery = { partition: null, kind, orderBy: [by] };
  const following: ItemQuery = after === null ? query : { ...query, where: [`${place} > @after`], values: { after } };
  const { items, isLast } = await container.findSome(following, limit);
  const end = items.at(-1);
  if (end === undefined || isLast) return { records: recordsOf(kind, items), next: null };
  const last = placeOf(end);
  const before = items.filter((raw) => placeOf(raw) !== last);
  const whole = before.at(-1);
  if (whole !== undefined) return { records: recordsOf(kind, before), next: placeOf(whole) };
  const same = await container.findRaw({ ...query, where: [`${place} = @last`], values: { last } });
  return { records: recordsOf(kind, same), next: last };
}

function recordsOf(kind: KeptKind, items: readonly RawItem[]) {
  return items.map((raw) => recordOf(kind, raw));
}
