import type { IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type accountExports from "@vercel/cosmosdb-server/lib/account/index.js";
import type routesExports from "@vercel/cosmosdb-server/lib/routes.js";

/** A request in the form in which the package's handlers read it. */
export interface PackageRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface PackageReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The package's account: databases, containers and what they were created with. */
export interface PackageAccount {
  /** What the database was created with; undefined if there is none. */
  database(id: string): object | undefined;
  /** What the container was created with; undefined if there is none. The same object until it is replaced. */
  container(database: string, id: string): object | undefined;
  /** Carries out a request on databases and containers, as the package answers it; undefined if it knows no such route. */
  answer(request: PackageRequest): Promise<PackageReply | undefined>;
}

/** One row between the clauses of a query: the document under the name that FROM gives it. */
export type QueryRow = Record<string, object>;

/** What the generated code of a query calls for the steps that we take over from the package. */
export interface QueryHooks {
  sort(rows: QueryRow[], ridOf: unknown, ...more: unknown[]): QueryRow[];
  paginate(rows: [value: unknown, row: QueryRow][]): unknown;
  stripUndefined(values: unknown[]): unknown[];
}

export interface ParsedSql {
  /** The package's syntax tree; read with care, it is typed nowhere. */
  ast: unknown;
  /** Source of a function of (aggregates, builtins, documents, helpers, udf, parameters). */
  code: string;
}

// The query engine is the package's own dependency, so it is resolved from where the package stands.
const fromPackage = createRequire(createRequire(import.meta.url).resolve("@vercel/cosmosdb-server/lib/routes.js"));
// Required and not imported: test runners and Node see the default of a CommonJS module differently.
const accountModule: typeof accountExports = fromPackage("./account/index.js");
const routesModule: typeof routesExports = fromPackage("./routes.js");
const engine: { default(sql: string): ParsedSql } = fromPackage("@zeit/cosmosdb-query");
const helpers: object = fromPackage("@zeit/cosmosdb-query/lib/helpers");
const builtins: object = fromPackage("@zeit/cosmosdb-query/lib/builtin-functions");
const aggregates: object = fromPackage("@zeit/cosmosdb-query/lib/aggregate-functions");

/** Parses a query, or throws the engine's error with what it expected. */
export function parseSql(sql: string): ParsedSql {
  const { ast, code } = engine.default(sql);
  return { ast, code };
}

/** What generated code is called with besides the documents and the parameters. */
export function engineArguments(hooks: QueryHooks): { aggregates: object; builtins: object; helpers: object } {
  return { aggregates, builtins, helpers: { ...helpers, ...hooks } };
}

/** An account without databases, as the package keeps it in memory. */
export function createPackageAccount(host: string, port: number): PackageAccount {
  const account = new accountModule.default(host, port);
  return {
    database: (id) => account.database(id).read(),
    container: (database, id) => account.database(database).collection?.(id).read(),
    async answer({ body, ...request }) {
      const incoming = Object.assign(Readable.from(body === "" ? [] : [Buffer.from(body)]), request);
      const route = routesModule.default(Object.assign(Object.create(null), request));
      if (route === undefined) return undefined;
      const [parameters, handler] = route;
      const headers: Record<string, string> = {};
      const outgoing = {
        statusCode: 200,
        setHeader: (name: string, value: string) => {
          headers[name] = value;
        },
      };
      const answer: unknown = await handler(account, incoming, outgoing, parameters);
      return { status: outgoing.statusCode, headers, body: answer };
    },
  };
}
