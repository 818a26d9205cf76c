import { isObject, type JsonObject, type Turn } from "./teams-types.ts";

/** What a client got for what was typed. `refused` is the error's message where the bot answered with one. */
export interface Searched {
  results: { title: string; value: string }[];
  refused?: string;
  turn: Turn;
}

/** As Teams' clients ask: so many at a time. */
const TOP = 15;
const RESPONSE = "application/vnd.microsoft.search.searchResponse";

/** The invoke's value for a choice input with `choices.data`; fails where Teams would never search that input. */
export function searchValueOf(card: JsonObject, inputId: string, typed: string): JsonObject {
  const input = inputOf(card, inputId);
  if (input === undefined) throw new Error(`The card has no input ${inputId}.`);
  const query = input["choices.data"];
  if (input.type !== "Input.ChoiceSet" || input.style !== "filtered") throw new Error(`${inputId} cannot be searched.`);
  if (!isObject(query) || query.type !== "Data.Query" || typeof query.dataset !== "string" || query.dataset === "") {
    throw new Error(`${inputId} has no Data.Query with a dataset.`);
  }
  return { kind: "search", queryText: typed, queryOptions: { skip: 0, top: TOP }, dataset: query.dataset };
}

/** Reads the bot's answer as strictly as a client; an answer that is neither results nor an error fails. */
export function searchedOf(turn: Turn): Searched {
  const { body } = turn;
  if (!isObject(body) || body.statusCode !== turn.status) throw new Error(`No search answer: ${JSON.stringify(body)}`);
  if (body.type === "application/vnd.microsoft.error" && isObject(body.value)) {
    return { results: [], refused: String(body.value.message), turn };
  }
  if (turn.status !== 200 || body.type !== RESPONSE || !isObject(body.value) || !Array.isArray(body.value.results)) {
    throw new Error(`No search response: ${JSON.stringify(body)}`);
  }
  const results: unknown[] = body.value.results;
  if (results.length > TOP) throw new Error(`${results.length} results, where ${TOP} were asked for.`);
  return { results: results.map(resultOf), turn };
}

function resultOf(result: unknown): { title: string; value: string } {
  const odd = !isObject(result) || Object.keys(result).sort().join() !== "title,value";
  if (odd || typeof result.title !== "string" || typeof result.value !== "string" || result.title === "") {
    throw new Error(`Not a result: ${JSON.stringify(result)}`);
  }
  return { title: result.title, value: result.value };
}

function inputOf(node: unknown, id: string): JsonObject | undefined {
  if (Array.isArray(node)) return node.map((part) => inputOf(part, id)).find((found) => found !== undefined);
  if (!isObject(node)) return undefined;
  if (node.id === id && String(node.type).startsWith("Input.")) return node;
  return inputOf(Object.values(node), id);
}
