import type { SqlQuerySpec } from "@azure/cosmos";
import { type ItemKind, keyText } from "./cosmos-item.ts";

type QueryValue = string | number | boolean | null | readonly string[];

/** Items of one kind, in one partition (null: in all of them, which no hot path may ask for). */
export interface ItemQuery {
  readonly partition: string | null;
  readonly kind: ItemKind;
  /** Conditions on keys that all hold, with parameters: `k.dueAt <= @now`. `k` stands for the item's keys. */
  readonly where?: readonly string[];
  readonly values?: Readonly<Record<string, QueryValue>>;
  /** Keys to order by, or `c.id`, all in one direction; several need a composite index (indexing-policy.ts). */
  readonly orderBy?: readonly string[];
  readonly descending?: boolean;
  readonly skip?: number;
  readonly take?: number;
}

/** The query as Cosmos takes it. Names of keys come from code, never from outside; all else is a parameter. */
export function queryOf(query: ItemQuery, select: string): { spec: SqlQuerySpec; partition: string | null } {
  const { partition, kind, where = [], values = {}, orderBy = [], descending = false } = query;
  const conditions = [
    "c.kind = @kind",
    ...where.map((condition) => condition.replaceAll(/\bk\.(\w+)/g, (_, key: string) => pathOf(key))),
  ];
  // The partition is named beside the SQL as well; said here too, a store that forgets one of them still keeps to it.
  if (partition !== null) conditions.unshift("c.pk = @pk");
  const order = orderBy.map((key) => `${pathOf(key)} ${descending ? "DESC" : "ASC"}`).join(", ");
  const parameters = Object.entries({ ...values, kind, ...(partition === null ? {} : { pk: partition }) }).map(
    ([name, value]) => ({ name: `@${name}`, value: Array.isArray(value) ? [...value] : value }),
  );
  return {
    spec: {
      query: `SELECT ${select} FROM c WHERE ${conditions.join(" AND ")}${order === "" ? "" : ` ORDER BY ${order}`}`,
      parameters: parameters as NonNullable<SqlQuerySpec["parameters"]>,
    },
    partition,
  };
}

/** In brackets, since some names are words of the language: `c.keys.order` is refused. */
function pathOf(key: string): string {
  return key === "c.id" ? key : `c.keys["${key}"]`;
}

/** The condition that a key is one of these texts, none of them where there are none; IN is served by the index. */
export function amongTexts(
  key: string,
  texts: readonly string[],
): { readonly where: readonly string[]; readonly values: Readonly<Record<string, string>> } {
  if (texts.length === 0) return { where: ["false"], values: {} };
  const values = Object.fromEntries(texts.map((text, place) => [`among${place}`, keyText(text)]));
  const names = Object.keys(values).map((name) => `@${name}`);
  return { where: [`${key} IN (${names.join(", ")})`], values };
}
