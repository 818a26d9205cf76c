/** Rows on one page of a list. */
export const PAGE_SIZE = 10;

/** Which part of a list is shown, and where its neighbours begin. */
export interface PageWords {
  readonly shown: string;
  readonly hasPrevious: boolean;
  readonly previousOffset: string;
  readonly nextOffset: string;
}

/** "11 to 20 of 34"; without a total "11 to 20"; nothing where all of it is on the one page. */
export function pageWords(input: { offset: number; count: number; total: number | null }): PageWords {
  const { offset } = input;
  return {
    shown: shownWords(input),
    hasPrevious: offset > 0,
    previousOffset: String(Math.max(0, offset - PAGE_SIZE)),
    nextOffset: String(offset + PAGE_SIZE),
  };
}

function shownWords({ offset, count, total }: { offset: number; count: number; total: number | null }): string {
  if (count === 0) return "None on this page";
  if (offset === 0 && (total === count || (total === null && count < PAGE_SIZE))) return "";
  const range = `${offset + 1} to ${offset + count}`;
  return total === null ? range : `${range} of ${total}`;
}
