import { CONNECTIONS_LIMIT, type ConnectionPreparation } from "../services/tenants/prepare-connections.ts";
import { listProblem } from "./import-words.ts";

/** Why no preview can be made of a list of organizations to connect, and what to do. */
export function connectListProblem(problem: Exclude<ConnectionPreparation, { kind: "planned" }>): string {
  switch (problem.kind) {
    case "noneFree":
      return "Every organization in your list has a tenant. Paste the names of others, one per line; they are added. `cancel` stops.";
    case "tooManyLines":
      return `That is ${inWords(problem.lines)} organizations; ${inWords(CONNECTIONS_LIMIT)} can be connected at a time. Paste a part of them.`;
    case "empty":
    case "noNameColumn":
    case "brokenQuotes":
      return listProblem(problem);
  }
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}
