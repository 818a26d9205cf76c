/** "1 organization", "1,200 organizations". */
export function countWords(count: number, thing: string): string {
  return `${count.toLocaleString("en-US")} ${thing}${count === 1 ? "" : "s"}`;
}
