export const PAGES_PER_READ = 3;
export const ALERTS_PER_PAGE = 25;

/** The ids of one page of one read, as the page writer makes them. */
export function alertIds(read: number, page: number): readonly string[] {
  return Array.from({ length: ALERTS_PER_PAGE }, (_, index) => `r${read}-p${page}-${index}`);
}
