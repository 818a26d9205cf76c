import type { Preparation } from "../services/organizations/import-organizations.ts";
import { LIST_LINES_LIMIT } from "../services/organizations/read-organization-list.ts";
import type { FileReading } from "../services/ports/attached-files.ts";

/** Why a list could not be read, and what to do. */
export function listProblem(problem: Exclude<Preparation, { kind: "planned" }>): string {
  switch (problem.kind) {
    case "empty":
      return "There is no name in this list. Paste one name per line, or attach a CSV file with a column `name`; `cancel` stops.";
    case "tooManyLines":
      return `This list has ${inWords(problem.lines)} lines; an import takes up to ${inWords(LIST_LINES_LIMIT)}. Split it and import the parts.`;
    case "noNameColumn":
      return "This list has several columns, and none is called `name`. Give that title to the column in the first line, or send one name per line.";
    case "brokenQuotes":
      return `A quotation mark on line ${problem.line} is not closed. Mend it and send the list again.`;
  }
}

/** Why a file could not be read, and what to do. */
export function fileProblem(reading: Exclude<FileReading, { kind: "text" }>): string {
  switch (reading.kind) {
    case "tooLarge":
      return "This file is larger than 2 MB, which is the most an import takes. Split it and import the parts.";
    case "notText":
      return "This file holds no text. Save the sheet as CSV and attach that, or paste the names.";
    case "foreignHost":
      return "Files are read only from where Teams keeps them. Attach the file in this chat, or paste the names.";
    case "notReadable":
      return "Teams did not give me this file. Attach it once more, or paste the names.";
  }
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}
