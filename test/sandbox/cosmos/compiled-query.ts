import { runInThisContext } from "node:vm";
import { z } from "zod";
import type { QueryHooks, QueryRow } from "./cosmos-package.ts";
import { engineArguments, parseSql } from "./cosmos-package.ts";
import type { OrderedPath } from "./ordered-paths.ts";

/** One answer of a query and the document it comes from. */
export interface QueryHit {
  value: unknown;
  document: object;
}

export interface CompiledQuery {
  order: OrderedPath[];
  /** The number after TOP, or the parameter that has it. */
  top?: number | string;
  /** In the spelling of query plans, e.g. `Count`; an aggregate is one answer over all documents. */
  aggregates: string[];
  /** The names under which SELECT returns its parts; absent for `*` and VALUE. */
  names?: string[];
  /** The documents that fit, in their order, each with its answer; not sorted. */
  hits(documents: Iterable<object>, parameters: QueryParameters): QueryHit[];
  /** The answer of an aggregate. */
  aggregate(documents: Iterable<object>, parameters: QueryParameters): unknown;
}

export type QueryParameters = Record<string, unknown>;

const AGGREGATES: Record<string, string> = { COUNT: "Count", SUM: "Sum", MIN: "Min", MAX: "Max", AVG: "Average" };

const constant = z.object({ type: z.literal("number_constant"), value: z.number() });
const parameter = z.object({ type: z.literal("parameter_name"), name: z.string() });
const expression = z.looseObject({ type: z.string() });
const identifier = z.object({ name: z.string() });
const syntax = z.object({
  body: z.object({
    top: z.object({ value: z.union([constant, parameter]) }).nullable(),
    select: z.object({
      value: expression.optional(),
      properties: z
        .object({ properties: z.array(z.object({ property: expression, alias: identifier.nullable() })) })
        .optional(),
    }),
    orderBy: z.object({ expressions: z.array(z.object({ expression, order: z.string().nullable() })) }).nullable(),
  }),
});
const called = z.object({
  type: z.literal("scalar_function_expression"),
  name: identifier,
  udf: z.boolean().optional(),
});
const member = z.object({
  type: z.literal("scalar_member_expression"),
  object: expression,
  property: z.object({ name: z.string().optional(), value: z.union([z.string(), z.number()]).optional() }),
});

/**
 * Compiles a query with the package's engine: its parser, and its code for filters, functions and projections. Sorting and
 * paging are ours, since the engine does both by copying and sorting all documents for each page. Throws the engine's error
 * for what it does not know: OFFSET, LIMIT, GROUP BY, DISTINCT, LIKE.
 */
export function compileQuery(sql: string): CompiledQuery {
  const { ast, code } = parseSql(sql);
  const { top, select, orderBy } = syntax.parse(ast).body;
  const call: unknown = runInThisContext(`"use strict";(${code})`);
  if (typeof call !== "function") throw new Error("The engine made no function.");

  function run(documents: Iterable<object>, parameters: QueryParameters, hooks: QueryHooks): unknown {
    const { aggregates, builtins, helpers } = engineArguments(hooks);
    const values = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.slice(1), value]));
    return Reflect.apply(call as CallableFunction, undefined, [
      aggregates,
      builtins,
      rowsOf(documents),
      helpers,
      {},
      values,
    ]);
  }

  const projected =
    select.value === undefined ? (select.properties?.properties ?? []).map(({ property }) => property) : [select.value];
  const names = select.properties?.properties.map(
    ({ property, alias }, at) => alias?.name ?? lastName(property) ?? `$${at + 1}`,
  );
  return {
    order: (orderBy?.expressions ?? []).map((sorted) => ({
      names: pathOf(sorted.expression).slice(1),
      descending: sorted.order === "DESC",
    })),
    ...(top === null ? {} : { top: top.value.type === "number_constant" ? top.value.value : top.value.name }),
    ...(names === undefined ? {} : { names }),
    aggregates: projected.flatMap((part) => aggregateName(part) ?? []),
    hits(documents, parameters) {
      const found: QueryHit[] = [];
      run(documents, parameters, {
        sort: (rows) => rows,
        stripUndefined: (values) => values,
        paginate: (rows) => {
          for (const [value, row] of rows) {
            const [document] = Object.values(row);
            if (value !== undefined && document !== undefined) found.push({ value, document });
          }
        },
      });
      return found;
    },
    aggregate(documents, parameters) {
      let answer: unknown;
      run(documents, parameters, {
        sort: (rows) => rows,
        paginate: () => undefined,
        stripUndefined: (values) => {
          [answer] = values;
          return values;
        },
      });
      return answer;
    },
  };
}

/** The engine gathers its rows by copying the list for each; this gathers them in one list. */
function rowsOf(documents: Iterable<object>): {
  reduce(step: (rows: QueryRow[], document: object) => QueryRow[]): QueryRow[];
} {
  return {
    reduce(step) {
      const rows: QueryRow[] = [];
      for (const document of documents) rows.push(...step([], document));
      return rows;
    },
  };
}

function aggregateName(part: unknown): string | undefined {
  const { success, data } = called.safeParse(part);
  return success && data.udf !== true ? AGGREGATES[data.name.name.toUpperCase()] : undefined;
}

function lastName(part: unknown): string | undefined {
  return pathOf(part).at(-1);
}

function pathOf(part: unknown): string[] {
  const inner = member.safeParse(part);
  if (inner.success) {
    const { object, property } = inner.data;
    return [...pathOf(object), property.name ?? String(property.value ?? "")];
  }
  const { success, data } = identifier.safeParse(part);
  return success ? [data.name] : [];
}
