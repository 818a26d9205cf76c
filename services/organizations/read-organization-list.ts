import { parse } from "csv-parse/sync";
import { readDomainName } from "../domain/domain-name.ts";

/** A name as it stands in a list, with the line it stands on (the first is 1). */
export interface ListedName {
  readonly line: number;
  readonly text: string;
  /** What stands as the domain beside it, as it was written; absent where none does, or none was asked for. */
  readonly domain?: string;
}

export interface ListOptions {
  /** The most names that the list may hold; LIST_LINES_LIMIT unless told. */
  readonly limit?: number;
  /** Reads `name, domain` on a line, and a column `domain`. */
  readonly domains?: boolean;
}

export type ListReading =
  | { readonly kind: "list"; readonly names: readonly ListedName[] }
  | { readonly kind: "empty" }
  | { readonly kind: "tooManyLines"; readonly lines: number }
  /** Several columns, and none is called `name`. */
  | { readonly kind: "noNameColumn" }
  /** A quotation mark is opened on this line and never closed, or stands where none may. */
  | { readonly kind: "brokenQuotes"; readonly line: number };

/** The most names that one list may hold. */
export const LIST_LINES_LIMIT = 50_000;

const NAME_COLUMNS: readonly string[] = ["name", "organization", "organization name"];
const DOMAIN_COLUMNS: readonly string[] = ["domain", "tenant domain", "primary domain", "default domain"];
const DELIMITERS = [",", ";", "\t"] as const;
/** A comma with a space after it belongs to a name ("Contoso, Ltd."). */
const SEVERAL_COLUMNS = /[;\t]|,(?! )/;

/** Reads a pasted or attached list: one name per line, or CSV whose first line names a column `name`. Blank lines count for nothing. */
export function readOrganizationList(text: string, options: ListOptions = {}): ListReading {
  const { limit = LIST_LINES_LIMIT, domains = false } = options;
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, at) => ({ line: at + 1, text: line.trim() }))
    .filter((line) => line.text !== "");
  const [first] = lines;
  if (first === undefined) return { kind: "empty" };
  const header = headerOf(first.text);
  const count = header === null ? lines.length : lines.length - 1;
  if (count > limit) return { kind: "tooManyLines", lines: count };
  if (count === 0) return { kind: "empty" };
  if (header !== null && header.columns > 1) return readColumns(text, { ...header, domains });
  const split = domains ? withDomain : withoutDomain;
  if (header === null && SEVERAL_COLUMNS.test(unquoted(split(first).text))) return { kind: "noNameColumn" };
  const names = (header === null ? lines : lines.slice(1)).map(split);
  return { kind: "list", names: names.map((name) => ({ ...name, text: unquoted(name.text) })) };
}

function withoutDomain(name: ListedName): ListedName {
  return name;
}

/** "Contoso, Ltd., contoso.example": only what is a domain is taken for one. */
function withDomain(name: ListedName): ListedName {
  const { text } = name;
  const at = Math.max(...DELIMITERS.map((delimiter) => text.lastIndexOf(delimiter)));
  const domain = at < 0 ? "" : unquoted(text.slice(at + 1).trim());
  return readDomainName(domain) === null ? name : { ...name, text: text.slice(0, at).trim(), domain };
}

interface Header {
  readonly delimiter: string;
  readonly columns: number;
  /** Which column holds the names. */
  readonly at: number;
  /** Which column holds the domains; -1 where none does. */
  readonly domainAt: number;
}

function headerOf(line: string): Header | null {
  for (const delimiter of DELIMITERS) {
    const cells = line.split(delimiter).map((cell) => unquoted(cell.trim()).trim().toLowerCase());
    for (const wanted of NAME_COLUMNS) {
      const at = cells.indexOf(wanted);
      const domainAt = cells.findIndex((cell) => DOMAIN_COLUMNS.includes(cell));
      if (at >= 0) return { delimiter, columns: cells.length, at, domainAt };
    }
  }
  return null;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function readColumns(text: string, { delimiter, at, domainAt, domains }: Header & { domains: boolean }): ListReading {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
    const names = rows.slice(1).map(({ record, info }) => {
      const domain = domains ? (record[domainAt] ?? "") : "";
      return { line: info.lines, text: record[at] ?? "", ...(domain === "" ? {} : { domain }) };
    });
    return names.length === 0 ? { kind: "empty" } : { kind: "list", names };
  } catch (cause) {
    if (!(cause instanceof Error) || !("lines" in cause)) throw cause;
    return { kind: "brokenQuotes", line: Number(cause.lines) };
  }
}

/** A cell without the quotation marks around it. */
function unquoted(text: string): string {
  return /^".*"$/.test(text) && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"') : text;
}
