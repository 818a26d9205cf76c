/** Rows on one page of a list. */
export const PAGE_SIZE = 10;

/** Which part of a list is shown, and where its neighbours begin. */
export interface PageWords {
  readonly shown: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly nextOffset: string;
}

/** "11 to 20 of 34"; without a total "11 to 20". */
export function pageWords(input: { offset: number; count: number; total: number | null }): PageWords {
  const { offset, count, total } = input;
  const range = count === 0 ? "None on this page" : `${offset + 1} to ${offset + count}`;
  return {
    shown: total === null || count === 0 ? range : `${range} of ${total}`,
    hasPrevious: offset > 0,
    previousOffset: String(Math.max(0, offset - PAGE_SIZE)),
    nextOffset: String(offset + PAGE_SIZE),
  };
}
