import type { CompiledQuery } from "./compiled-query.ts";
import type { CosmosRefusal } from "./cosmos-answer.ts";
import { refusal } from "./cosmos-answer.ts";
import { plannedAggregate } from "./planned-aggregate.ts";
import { sqlClauses } from "./sql-clauses.ts";

/** What the client puts in the place of, when it goes on behind a page. */
const RESUME = "{documentdb-formattableorderbyquery-filter}";

/**
 * How a query over several partitions is to be put together by the client: the gateway's answer to a request for a query plan
 * (https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-query-container#parallel-cross-partition-query). The client asks
 * each physical partition for the rewritten query, and merges by `orderByItems`. The package knows no plans.
 */
export function queryPlan(sql: string, query: CompiledQuery): object {
  const { top, value, select, from, where, orderBy } = sqlClauses(sql);
  const ordered = query.order.map(({ names }) => `c${names.map((name) => `["${name}"]`).join("")}`);
  const payload = value ? select : select === "*" ? from : undefined;
  if (ordered.length > 0 && payload === undefined) throw new Error("Only SELECT * and SELECT VALUE are planned here.");
  const condition = where === undefined ? RESUME : `(${where}) AND ${RESUME}`;
  const items = ordered.map((path) => `{"item": ${path}}`).join(", ");
  const limit = top === undefined ? "" : `TOP ${top} `;
  return {
    partitionedQueryExecutionInfoVersion: 2,
    queryInfo: {
      distinctType: "None",
      top: typeof query.top === "number" ? query.top : null,
      offset: null,
      limit: null,
      orderBy: query.order.map(({ descending }) => (descending ? "Descending" : "Ascending")),
      orderByExpressions: ordered,
      groupByExpressions: [],
      groupByAliases: [],
      aggregates: query.aggregates,
      groupByAliasToAggregateType: {},
      rewrittenQuery:
        ordered.length === 0
          ? partsOf(query, select, from, where)
          : `SELECT ${limit}c._rid, [${items}] AS orderByItems, ${payload} AS payload FROM ${from} WHERE ${condition} ORDER BY ${orderBy}`,
      hasSelectValue: value,
      hasNonStreamingOrderBy: false,
    },
    queryRanges: [{ min: "", max: "FF", isMinInclusive: true, isMaxInclusive: false }],
  };
}

/** Nothing is rewritten but an aggregate, of which each partition gives its part. */
function partsOf(query: CompiledQuery, select: string, from: string, where: string | undefined): string {
  return query.aggregates.length === 0 ? "" : plannedAggregate(select, from, where);
}

/** Without a plan the gateway itself answers only what needs no merging. */
export function refuseWithoutPlan(query: CompiledQuery): CosmosRefusal | undefined {
  if (query.order.length === 0 && query.aggregates.length === 0 && query.top === undefined) return undefined;
  return refusal(400, "Cross partition query only supports 'VALUE <AggregateFunc>' for aggregates.", 1004);
}
