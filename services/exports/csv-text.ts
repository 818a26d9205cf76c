import { stringify } from "csv-stringify/sync";

export type CsvRow = readonly string[];

/** Spreadsheets take a file for UTF-8 by this mark. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark, CRLF), one piece of text per page of rows, the heading first. A
 * cell that a spreadsheet would run as a formula is led by an apostrophe: what stands in it may be an attacker's.
 */
export async function* csvText(heading: CsvRow, pages: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${linesOf([heading])}`;
  for await (const rows of pages) if (rows.length > 0) yield linesOf(rows);
}

function linesOf(rows: readonly CsvRow[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: "windows" },
  );
}
