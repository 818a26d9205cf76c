import type { AttachedFile, AttachedFiles } from "../services/ports/attached-files.ts";
import { fileProblem } from "./import-words.ts";

export type GivenList =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "problem"; readonly sentence: string };

/** The most that a file may hold, in bytes. */
const FILE_LIMIT = 2 * 1024 * 1024;

/** The text of the one file that is attached to a message, or why it cannot be read. */
export async function readListFile(
  deps: { readonly files: AttachedFiles },
  files: readonly AttachedFile[],
): Promise<GivenList> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return { kind: "problem", sentence: "Attach one file at a time." };
  const reading = await deps.files.read(file, FILE_LIMIT);
  return reading.kind === "text" ? reading : { kind: "problem", sentence: fileProblem(reading) };
}
