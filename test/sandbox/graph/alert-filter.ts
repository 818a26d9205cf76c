import type { AlertRecord } from "../world/alert-record.ts";

export type ParsedFilter =
  | { kind: "filter"; matches: (record: AlertRecord) => boolean }
  | { kind: "invalid"; message: string };

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/;

/**
 * Reads the part of OData's grammar that the product is meant to use, and nothing else: `lastUpdateDateTime ge X`,
 * `serviceSource eq '...'`, `status eq|ne '...'`, joined by ` and `. Letter case counts.
 */
export function parseAlertFilter(text: string | null): ParsedFilter {
  if (text === null) return { kind: "filter", matches: () => true };
  const tests: ((record: AlertRecord) => boolean)[] = [];
  for (const clause of text.split(" and ")) {
    const test = parseClause(clause);
    if (test === undefined) return { kind: "invalid", message: `Invalid filter clause: '${clause}'.` };
    tests.push(test);
  }
  return { kind: "filter", matches: (record) => tests.every((test) => test(record)) };
}

function parseClause(clause: string): ((record: AlertRecord) => boolean) | undefined {
  const since = /^lastUpdateDateTime ge (\S+)$/.exec(clause)?.[1];
  if (since !== undefined) {
    const from = instant.test(since) ? Date.parse(since) : Number.NaN;
    return Number.isNaN(from) ? undefined : (record) => record.lastUpdateMs >= from;
  }
  const source = /^serviceSource eq '([A-Za-z0-9]+)'$/.exec(clause)?.[1];
  if (source !== undefined) return (record) => record.body.serviceSource === source;
  const status = /^status (eq|ne) '(new|inProgress|resolved|unknown)'$/.exec(clause);
  if (status === null) return undefined;
  const equal = status[1] === "eq";
  return (record) => (record.body.status === status[2]) === equal;
}
