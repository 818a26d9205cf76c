import { type ConsentListRow, countRows } from "../services/domain/consent-list.ts";
import { countWords } from "./count-words.ts";

/** What a list of organizations came to, and how it goes on. */
export function connectListWords(rows: readonly ConsentListRow[]): string {
  const { new: made, open, linked, problem } = countRows(rows);
  const counts = [
    `${countWords(made, "link")} made`,
    ...(open === 0 ? [] : [`${open} open already and kept`]),
    ...(linked === 0 ? [] : [`${linked} connected already`]),
    ...(problem === 0 ? [] : [`${countWords(problem, "line")} with a problem, which the file names`]),
  ].join(", ");
  const next =
    "Send each customer's administrator the link of their line. A card comes here as soon as one is connected, asks for your confirmation or meets an obstacle; “tenants” shows all that wait.";
  return `${counts}. ${made + open === 0 ? "The file says why." : next}`;
}
